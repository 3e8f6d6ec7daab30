// Textual expansion, one identifier after another, with every definition at once.
#include "analyzer/ingest/computed_names.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace winnow::ingest {
namespace {

constexpr std::size_t most_texts = 256;
constexpr std::size_t longest_text = 1024;
constexpr int deepest = 16;

constexpr std::string_view blanks = " \t\r\v\f";

bool begins_name(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name_character(char c)
{
  return begins_name(c) || (c >= '0' && c <= '9');
}

std::string_view trimmed(std::string_view text)
{
  const std::size_t first = text.find_first_not_of(blanks);
  return first == std::string_view::npos
             ? std::string_view()
             : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::size_t end_of_literal(std::string_view text, std::size_t at)
{
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote) {
    at += text[at] == '\\' ? 2 : 1;
  }
  return std::min(at + 1, text.size());
}

std::size_t end_of_name(std::string_view text, std::size_t at)
{
  while (at < text.size() && is_name_character(text[at])) {
    ++at;
  }
  return at;
}

/// The parts between the top-level commas of "(a, b)" at `at`, which becomes the position behind
/// it; empty and unmoved if it is not closed.
std::vector<std::string_view> parts_of_list(std::string_view text, std::size_t& at)
{
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = at + 1;
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      i = end_of_literal(text, i) - 1;
    } else if (c == '(') {
      ++depth;
    } else if ((c == ',' && depth == 1) || (c == ')' && depth == 1)) {
      parts.push_back(trimmed(text.substr(begin, i - begin)));
      begin = i + 1;
      if (c == ')') {
        at = i + 1;
        return parts;
      }
    } else if (c == ')') {
      --depth;
    }
  }
  return {};
}

class Expander {
 public:
  explicit Expander(const MacroLookup& definitions) : definitions_(definitions) {}

  std::set<std::string> expand(std::string_view text, int depth)
  {
    std::set<std::string> results;
    expand_from(text, 0, depth, results);
    return results;
  }

  [[nodiscard]] bool complete() const { return complete_; }

 private:
  /// What stands before `at` stays as it is.
  void expand_from(std::string_view text, std::size_t at, int depth, std::set<std::string>& results)
  {
    if (depth > deepest || text.size() > longest_text || results.size() >= most_texts ||
        ++work_ > 16 * most_texts) {
      complete_ = false;
      return;
    }
    while (at < text.size()) {
      if (text[at] == '"' || text[at] == '\'') {
        at = end_of_literal(text, at);
      } else if (begins_name(text[at])) {
        const std::size_t end = end_of_name(text, at);
        replace(text, at, end, depth, results);
        at = end; // and as if it had no definition
      } else {
        at = is_name_character(text[at]) ? end_of_name(text, at) : at + 1;
      }
    }
    results.emplace(text);
  }

  void replace(std::string_view text, std::size_t begin, std::size_t end, int depth,
               std::set<std::string>& results)
  {
    const std::string before(text.substr(0, begin));
    for (const MacroDefinition& macro : definitions_(text.substr(begin, end - begin))) {
      if (macro.value == text.substr(begin, end - begin)) {
        continue; // stands for itself
      }
      if (macro.parameters.empty()) {
        expand_from(before + std::string(macro.value) + std::string(text.substr(end)), begin,
                    depth + 1, results);
        continue;
      }
      std::size_t open = std::min(text.find_first_not_of(blanks, end), text.size());
      if (open == text.size() || text[open] != '(') {
        continue;
      }
      const std::vector<std::string_view> arguments = parts_of_list(text, open);
      for (const std::string& value : substituted(macro, arguments, depth)) {
        expand_from(before + value + std::string(text.substr(open)), begin, depth + 1, results);
      }
    }
  }

  /// The values a call can have: arguments expanded, and as they are.
  std::set<std::string> substituted(const MacroDefinition& macro,
                                    const std::vector<std::string_view>& arguments, int depth)
  {
    std::size_t at = 0;
    const std::vector<std::string_view> parameters = parts_of_list(macro.parameters, at);
    std::set<std::string> values{std::string()};
    for (std::size_t i = 0; i < macro.value.size();) {
      std::set<std::string> pieces;
      i = next_piece(macro.value, i, parameters, arguments, depth, pieces);
      std::set<std::string> longer;
      for (const std::string& value : values) {
        for (const std::string& piece : pieces) {
          longer.insert(value + piece);
        }
      }
      values = std::move(longer);
      if (values.size() > most_texts) {
        complete_ = false;
        return {};
      }
    }
    return values;
  }

  /// Reads one token of a macro's value; `pieces` gets what can stand for it.
  std::size_t next_piece(std::string_view value, std::size_t at,
                         const std::vector<std::string_view>& parameters,
                         const std::vector<std::string_view>& arguments, int depth,
                         std::set<std::string>& pieces)
  {
    const auto argument = [&](std::string_view name) -> std::optional<std::string_view> {
      const auto found = std::ranges::find(parameters, name);
      const auto index = static_cast<std::size_t>(found - parameters.begin());
      return index < std::min(parameters.size(), arguments.size()) ? std::optional(arguments[index])
                                                                   : std::nullopt;
    };
    if (value[at] == '"' || value[at] == '\'') {
      const std::size_t end = end_of_literal(value, at);
      pieces.emplace(value.substr(at, end - at));
      return end;
    }
    if (value[at] == '#') {
      if (value.substr(at).starts_with("##")) {
        pieces.emplace();
        return std::min(value.find_first_not_of(blanks, at + 2), value.size());
      }
      const std::size_t begin = std::min(value.find_first_not_of(blanks, at + 1), value.size());
      const std::size_t end = end_of_name(value, begin);
      if (const auto given = argument(value.substr(begin, end - begin))) {
        pieces.insert("\"" + std::string(*given) + "\"");
        return end;
      }
    } else if (begins_name(value[at])) {
      const std::size_t end = end_of_name(value, at);
      const std::string_view name = value.substr(at, end - at);
      if (const auto given = argument(name)) {
        pieces = expand(*given, depth + 1);
        pieces.emplace(*given);
      } else {
        pieces.emplace(name);
      }
      return end;
    }
    const std::size_t pasted = value.find_first_not_of(blanks, at);
    if (pasted != std::string_view::npos && value.substr(pasted).starts_with("##")) {
      pieces.emplace();
      return pasted;
    }
    pieces.emplace(value.substr(at, 1));
    return at + 1;
  }

  const MacroLookup& definitions_;
  std::size_t work_ = 0;
  bool complete_ = true;
};

} // namespace

ComputedNames computed_names(std::string_view tokens, IncludeUse use,
                             const MacroLookup& definitions)
{
  ComputedNames found;
  Expander expander(definitions);
  for (const std::string& text : expander.expand(tokens, 0)) {
    const std::string_view name = trimmed(text);
    if (name.size() > 2 && name.starts_with('"') && end_of_literal(name, 0) == name.size()) {
      found.names.push_back(
          {use, IncludeForm::quoted, std::string(name.substr(1, name.size() - 2))});
    } else if (name.size() > 2 && name.starts_with('<') && name.find('>') == name.size() - 1) {
      found.names.push_back(
          {use, IncludeForm::angled, std::string(name.substr(1, name.size() - 2))});
    }
  }
  found.complete = expander.complete();
  return found;
}

} // namespace winnow::ingest
