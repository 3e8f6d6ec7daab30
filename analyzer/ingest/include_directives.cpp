// One pass over the text; a line that begins with # is taken apart, all else is stepped over.
#include "analyzer/ingest/include_directives.hpp"

#include "analyzer/ingest/directive_cursor.hpp"
#include "analyzer/ingest/literal_names.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace winnow::ingest {
namespace {

/// No header's name is longer than a path may be, and no macro that names one spells out much more.
constexpr std::size_t longest_name = 4096;
constexpr std::size_t longest_value = 256;

constexpr std::string_view blanks = " \t\r\v\f";

bool begins_name(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name_character(char c)
{
  return begins_name(c) || (c >= '0' && c <= '9');
}

std::string_view without_leading_blanks(std::string_view text)
{
  return text.substr(std::min(text.find_first_not_of(blanks), text.size()));
}

class DirectiveReader {
 public:
  explicit DirectiveReader(std::string_view text) : text_(text), cursor_(text) {}

  FileDirectives read() &&
  {
    static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    for (std::size_t i = 0; text_.starts_with(byte_order_mark) && i < byte_order_mark.size(); ++i) {
      cursor_.advance();
    }
    while (!cursor_.at_end()) {
      read_line();
    }
    return std::move(found_);
  }

 private:
  /// A logical line, and those that a comment or raw string joins to it.
  void read_line()
  {
    cursor_.skip_blanks();
    if (cursor_.here() == '#') {
      cursor_.advance();
      read_directive();
    } else if (cursor_.here() == '%' && text_.substr(cursor_.position()).starts_with("%:")) {
      cursor_.advance();
      cursor_.advance();
      read_directive();
    } else if (cursor_.here() == 'i' || cursor_.here() == 'e' || cursor_.here() == 'm') {
      read_module_line();
    }
    skip_line();
  }

  void skip_line()
  {
    while (!cursor_.at_end()) {
      cursor_.skip_plain();
      const char c = cursor_.here();
      if (c == '"' || c == '\'') {
        read_literal();
      } else if (c == '\n') {
        cursor_.advance();
        return;
      } else if (!cursor_.at_end() && !cursor_.skip_comment() && !cursor_.skip_splice()) {
        cursor_.advance();
      }
    }
  }

  /// Assembler directives stand inside string literals, or in front of one.
  void read_literal()
  {
    const std::size_t begin = cursor_.position();
    const std::string_view content = cursor_.skip_literal();
    constexpr std::size_t lookback = 64;
    const std::string_view before =
        text_.substr(begin < lookback ? 0 : begin - lookback, std::min(begin, lookback));
    const std::string_view trimmed = before.substr(0, before.find_last_not_of(blanks) + 1);
    if (trimmed.ends_with(".incbin")) {
      add(IncludeUse::data, IncludeForm::quoted, std::string(content));
    } else if (trimmed.ends_with(".include")) {
      add(IncludeUse::include_next, IncludeForm::quoted, std::string(content));
    }
    find_assembler(content, ".incbin", IncludeUse::data);
    find_assembler(content, ".include", IncludeUse::include_next);
    add_literal(content,
                trimmed.ends_with('/') ? LiteralPlace::behind_slash : LiteralPlace::anywhere);
  }

  void add_literal(std::string_view content, LiteralPlace place)
  {
    find_names_in_literal(content, place, [&](std::string key) {
      if (literals_seen_.insert(key).second) {
        found_.literals.push_back(std::move(key));
      }
    });
  }

  void add_literals_of(std::string_view value)
  {
    for (std::size_t open = value.find('"'); open != std::string_view::npos;
         open = value.find('"', open)) {
      const std::size_t close = std::min(value.find('"', open + 1), value.size());
      add_literal(value.substr(open + 1, close - open - 1), LiteralPlace::anywhere);
      open = std::min(close + 1, value.size());
    }
  }

  void find_assembler(std::string_view literal, std::string_view directive, IncludeUse use)
  {
    for (std::size_t at = literal.find(directive); at != std::string_view::npos;
         at = literal.find(directive, at + 1)) {
      std::string_view rest = without_leading_blanks(literal.substr(at + directive.size()));
      const std::string_view quote = rest.starts_with("\\\"") ? "\\\"" : "\"";
      if (rest.starts_with(quote)) {
        rest.remove_prefix(quote.size());
        const std::size_t end = rest.find(quote);
        const std::string_view name = rest.substr(0, end);
        // A name that goes on behind the literal is put together by the preprocessor.
        const bool whole =
            end != std::string_view::npos && name.find('"') == std::string_view::npos;
        add(use, whole ? IncludeForm::quoted : IncludeForm::computed,
            whole ? std::string(name) : std::string());
      } else if (use == IncludeUse::data) {
        add(use, IncludeForm::computed, {});
      }
    }
  }

  void read_directive()
  {
    cursor_.skip_blanks();
    const std::string keyword = cursor_.word();
    if (keyword == "include" || keyword == "import" || keyword == "__include_macros") {
      read_include(IncludeUse::include);
    } else if (keyword == "include_next") {
      read_include(IncludeUse::include_next);
    } else if (keyword == "embed") {
      read_include(IncludeUse::data);
    } else if (keyword == "define") {
      read_macro();
    } else if (keyword == "if" || keyword == "elif") {
      read_condition(cursor_.rest_of_line());
    }
  }

  void read_include(IncludeUse use)
  {
    cursor_.skip_blanks();
    const char open = cursor_.here();
    std::string name;
    if (open == '<' || open == '"') {
      cursor_.advance();
      if (cursor_.delimited(open == '<' ? '>' : '"', name)) {
        add(use, open == '<' ? IncludeForm::angled : IncludeForm::quoted, std::move(name));
      }
    } else if (name = cursor_.rest_of_line(); !name.empty()) {
      add(use, IncludeForm::computed, std::move(name));
    }
  }

  void read_macro()
  {
    cursor_.skip_blanks();
    std::string name = cursor_.word();
    std::string parameters;
    if (cursor_.here() == '(') {
      parameters = cursor_.delimited(')', parameters) ? parameters + ")" : std::string();
    }
    const std::size_t begin = cursor_.position();
    std::string value = cursor_.rest_of_line();
    find_assembler(cursor_.from(begin), ".incbin", IncludeUse::data);
    if (value.find("__has_") != std::string::npos) {
      read_condition(value);
    }
    add_literals_of(value);
    if (!name.empty() && may_name_a_header(value)) {
      found_.macros.push_back({std::move(name), std::move(parameters), std::move(value)});
    }
  }

  /// Names are in __has_include() and in macros that wrap it: rather too many than too few.
  void read_condition(std::string_view line)
  {
    for (std::size_t at = line.find_first_of("\"("); at != std::string_view::npos;
         at = line.find_first_of("\"(", at)) {
      const bool quoted = line[at++] == '"';
      std::string_view rest = quoted ? line.substr(at) : without_leading_blanks(line.substr(at));
      if (!quoted && !rest.starts_with('<')) {
        continue;
      }
      rest.remove_prefix(quoted ? 0 : 1);
      const std::size_t end = rest.find(quoted ? '"' : '>');
      if (end == std::string_view::npos) {
        continue;
      }
      add(IncludeUse::probe, quoted ? IncludeForm::quoted : IncludeForm::angled,
          std::string(rest.substr(0, end)));
      at = static_cast<std::size_t>(rest.data() - line.data()) + end + 1;
    }
    find_computed_probes(line);
  }

  void find_computed_probes(std::string_view line)
  {
    for (const std::string_view call : {"__has_include", "__has_include_next", "__has_embed"}) {
      for (std::size_t at = line.find(call); at != std::string_view::npos;
           at = line.find(call, at + 1)) {
        std::string_view rest = without_leading_blanks(line.substr(at + call.size()));
        if (!rest.starts_with('(')) {
          continue;
        }
        rest = without_leading_blanks(rest.substr(1));
        if (!rest.empty() && begins_name(rest[0])) {
          add(IncludeUse::probe, IncludeForm::computed,
              std::string(rest.substr(0, rest.find(')'))));
        }
      }
    }
  }

  /// `import <x>;` reads a header; other lines about modules are kept for who resolves them.
  void read_module_line()
  {
    const std::size_t begin = cursor_.position();
    std::string keyword = cursor_.word();
    if (keyword == "export") {
      cursor_.skip_blanks();
      keyword = cursor_.word();
    }
    if (keyword != "import" && keyword != "module") {
      return;
    }
    cursor_.skip_blanks();
    const char next = cursor_.here();
    if (keyword == "import" && (next == '<' || next == '"')) {
      read_include(IncludeUse::include);
      return;
    }
    const std::size_t end = text_.find_first_of(";\n", cursor_.position());
    if ((begins_name(next) || next == ':' || next == ';') && end != std::string_view::npos &&
        text_[end] == ';') {
      found_.modules.emplace_back(text_.substr(begin, end - begin));
    }
  }

  void add(IncludeUse use, IncludeForm form, std::string name)
  {
    if (name.size() > longest_name || (name.empty() && form != IncludeForm::computed)) {
      return;
    }
    std::string key{static_cast<char>(use), static_cast<char>(form)};
    if (seen_.insert(key += name).second) {
      found_.includes.push_back({use, form, std::move(name)});
    }
  }

  std::string_view text_;
  DirectiveCursor cursor_;
  FileDirectives found_;
  std::unordered_set<std::string> seen_;
  std::unordered_set<std::string> literals_seen_;
};

} // namespace

FileDirectives directives_in(std::string_view text)
{
  return DirectiveReader(text).read();
}

bool may_name_a_header(std::string_view value)
{
  if (value.empty() || value.size() > longest_value) {
    return false;
  }
  if (value.find_first_of("\"<#") != std::string_view::npos) {
    return true;
  }
  if (!begins_name(value[0])) {
    return false;
  }
  const std::size_t end =
      std::min(static_cast<std::size_t>(std::ranges::find_if_not(value,
                                                                 [](char c) {
                                                                   return is_name_character(c) ||
                                                                          c == '/' || c == '.' ||
                                                                          c == '-' || c == '+';
                                                                 }) -
                                        value.begin()),
               value.size());
  const std::string_view rest = without_leading_blanks(value.substr(end));
  return rest.empty() || (rest.starts_with('(') && rest.ends_with(')'));
}

} // namespace winnow::ingest
