// Quotes, backslashes and operators; variables and substitutions are ordinary text.
#include "analyzer/ingest/shell_scanner.hpp"

#include <algorithm>
#include <array>

namespace winnow::ingest {
namespace {

/// A set that is asked in constant time: commands are the longest text there is to read.
class CharacterSet {
 public:
  explicit constexpr CharacterSet(std::string_view members)
  {
    for (const char c : members) {
      held_[static_cast<unsigned char>(c)] = true;
    }
  }

  [[nodiscard]] constexpr bool contains(char c) const
  {
    return held_[static_cast<unsigned char>(c)];
  }

 private:
  std::array<bool, 256> held_{};
};

constexpr CharacterSet blanks(" \t\r\n");
constexpr CharacterSet operators("&|;()<>");
constexpr CharacterSet specials(" \t\r\n&|;()<>'\"\\");

/// From `at` on, past all that are in the set.
std::size_t past(const CharacterSet& set, std::string_view text, std::size_t at)
{
  while (at < text.size() && set.contains(text[at])) {
    ++at;
  }
  return at;
}

/// From `at` on, the first that is in the set, or the end.
std::size_t first_of(const CharacterSet& set, std::string_view text, std::size_t at)
{
  while (at < text.size() && !set.contains(text[at])) {
    ++at;
  }
  return at;
}

} // namespace

std::optional<std::string> ShellScanner::next()
{
  at_ = past(blanks, text_, at_);
  begin_ = at_;
  if (at_ == text_.size()) {
    return std::nullopt;
  }
  if (operators.contains(text_[at_])) {
    at_ = past(operators, text_, at_);
    return std::string(text_.substr(begin_, at_ - begin_));
  }
  std::string word;
  while (at_ < text_.size() && !blanks.contains(text_[at_]) && !operators.contains(text_[at_])) {
    read_part(word);
  }
  return word;
}

void ShellScanner::read_part(std::string& word)
{
  const char c = text_[at_++];
  if (c == '\'') {
    const std::size_t end = std::min(text_.find('\'', at_), text_.size());
    word += text_.substr(at_, end - at_);
    at_ = std::min(end + 1, text_.size());
  } else if (c == '"') {
    while (at_ < text_.size() && text_[at_] != '"') {
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size() ? 1 : 0;
      word += text_[at_++];
    }
    at_ = std::min(at_ + 1, text_.size());
  } else if (c == '\\' && at_ < text_.size()) {
    word += text_[at_++];
  } else {
    const std::size_t end = first_of(specials, text_, at_);
    word += text_.substr(at_ - 1, end - at_ + 1);
    at_ = end;
  }
}

bool is_operator(std::string_view word)
{
  return !word.empty() && past(operators, word, 0) == word.size();
}

} // namespace winnow::ingest
