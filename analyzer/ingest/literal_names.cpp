// Takes a literal apart into words, and each word into its last component.
#include "analyzer/ingest/literal_names.hpp"

#include "analyzer/model/foreign_tool.hpp"
#include "analyzer/model/literal_key.hpp"

#include <algorithm>
#include <cstddef>

namespace winnow::ingest {
namespace {

/// Longer ones are data themselves.
constexpr std::size_t longest_literal = 4096;

bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

bool is_name_character(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

bool is_word(char c)
{
  static constexpr std::string_view others = ".+-/";
  return is_name_character(c) || others.find(c) != std::string_view::npos ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_one_of(char c, std::string_view characters)
{
  return c != '\0' && characters.find(c) != std::string_view::npos;
}

/// What is left of a word behind a `%`.
std::string_view behind_conversion(std::string_view word)
{
  const std::size_t at = word.find_first_not_of("0123456789+-.");
  const std::size_t letter = word.find_first_not_of("hlLqjzt", std::min(at, word.size()));
  return word.substr(std::min(letter, word.size() - 1) + 1);
}

std::string_view behind_variable(std::string_view word)
{
  return word.substr(
      static_cast<std::size_t>(std::ranges::find_if_not(word, is_name_character) - word.begin()));
}

class Literal {
 public:
  Literal(std::string_view content, LiteralPlace place,
          const std::function<void(std::string)>& visit)
      : content_(content), place_(place), visit_(visit)
  {}

  void read()
  {
    for (std::size_t at = 0; at < content_.size(); ++at) {
      const std::size_t begin = at;
      while (at < content_.size() && is_word(content_[at])) {
        ++at;
      }
      if (at > begin) {
        read_word(begin, at);
      }
    }
  }

 private:
  void read_word(std::size_t begin, std::size_t end)
  {
    std::string_view word = content_.substr(begin, end - begin);
    const char before = begin == 0 ? '\0' : content_[begin - 1];
    const char behind = end == content_.size() ? '\0' : content_[end];
    bool is_tail = is_one_of(before, "%$}*?>])");
    if (before == '%') {
      word = behind_conversion(word);
    } else if (before == '$') {
      word = behind_variable(word);
    } else if (before == '\\' && is_escaped(begin)) {
      word.remove_prefix(1);
    }
    bool in_path = before == '\\' || (begin == 0 && place_ == LiteralPlace::behind_slash);
    if (is_one_of(behind, "%$*?<[{")) {
      // What is behind the slash is not whole, and the directory another one if slashes follow.
      const bool ends = content_.find('/', end) == std::string_view::npos;
      word = word.substr(0, ends ? word.rfind('/') + 1 : 0);
    }
    word = word.substr(0, word.find_last_not_of('.') + 1);
    if (word.ends_with('/')) {
      word.remove_suffix(1);
      in_path = true;
    }
    const std::size_t slash = word.rfind('/');
    if (slash != std::string_view::npos) {
      word.remove_prefix(slash + 1);
      in_path = true;
      is_tail = false;
    }
    add(word, is_tail, in_path);
  }

  void add(std::string_view name, bool is_tail, bool in_path)
  {
    const std::size_t dot = name.rfind('.');
    if (const std::string_view tool = is_tail ? std::string_view() : tool_in(name); !tool.empty()) {
      visit_(std::string(tool));
    }
    if (dot == std::string_view::npos) {
      if (in_path && !is_tail && !name.empty()) {
        visit_(directory_key(name));
      }
    } else if (is_tail) {
      visit_(std::string(name.substr(dot)));
    } else if (!std::ranges::all_of(name, [](char c) { return is_digit(c) || c == '.'; })) {
      visit_(std::string(name));
    }
  }

  /// Whether the backslash in front of a place is not itself behind one, as in a path of Windows.
  [[nodiscard]] bool is_escaped(std::size_t at) const
  {
    std::size_t count = 0;
    while (count < at && content_[at - 1 - count] == '\\') {
      ++count;
    }
    return count % 2 == 1;
  }

  std::string_view content_;
  LiteralPlace place_;
  const std::function<void(std::string)>& visit_;
};

} // namespace

void find_names_in_literal(std::string_view content, LiteralPlace place,
                           const std::function<void(std::string)>& visit)
{
  if (content.size() <= longest_literal) {
    Literal(content, place, visit).read();
  }
}

} // namespace winnow::ingest
