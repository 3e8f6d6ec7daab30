// Quotes, backslashes and operators; variables and substitutions are ordinary text.
#include "analyzer/ingest/shell_scanner.hpp"

#include <algorithm>

namespace winnow::ingest {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view operators = "&|;()<>";
constexpr std::string_view specials = " \t\r\n&|;()<>'\"\\";

} // namespace

std::optional<std::string> ShellScanner::next()
{
  at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size());
  begin_ = at_;
  if (at_ == text_.size()) {
    return std::nullopt;
  }
  if (operators.find(text_[at_]) != std::string_view::npos) {
    at_ = std::min(text_.find_first_not_of(operators, at_), text_.size());
    return std::string(text_.substr(begin_, at_ - begin_));
  }
  std::string word;
  while (at_ < text_.size() && blanks.find(text_[at_]) == std::string_view::npos &&
         operators.find(text_[at_]) == std::string_view::npos) {
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
    const std::size_t end = std::min(text_.find_first_of(specials, at_), text_.size());
    word += text_.substr(at_ - 1, end - at_ + 1);
    at_ = end;
  }
}

bool is_operator(std::string_view word)
{
  return !word.empty() && word.find_first_not_of(operators) == std::string_view::npos;
}

} // namespace winnow::ingest
