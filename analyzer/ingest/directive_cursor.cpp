// Phases 2 and 3 of translation, as far as finding directives needs them.
#include "analyzer/ingest/directive_cursor.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace winnow::ingest {
namespace {

constexpr std::string_view blanks = " \t\r\v\f";

/// Lookback and raw delimiters are short, so that odd bytes cannot make the time quadratic.
constexpr std::size_t longest_number = 80;
constexpr std::size_t longest_delimiter = 16;

bool is_blank(char c)
{
  return blanks.find(c) != std::string_view::npos;
}

bool is_word(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

std::array<bool, 256> plain_characters()
{
  std::array<bool, 256> plain{};
  plain.fill(true);
  for (const char c : {'\n', '\\', '/', '"', '\''}) {
    plain[static_cast<unsigned char>(c)] = false;
  }
  return plain;
}

} // namespace

void DirectiveCursor::skip_plain()
{
  static const std::array<bool, 256> plain = plain_characters();
  while (at_ < text_.size() && plain[static_cast<unsigned char>(text_[at_])]) {
    ++at_;
  }
}

/// The position behind the splice that begins at `at`, or `at`.
std::size_t DirectiveCursor::splice_at(std::size_t at) const
{
  if (at >= text_.size() || text_[at] != '\\') {
    return at;
  }
  std::size_t end = at + 1;
  while (end < text_.size() && is_blank(text_[end])) {
    ++end;
  }
  return end < text_.size() && text_[end] == '\n' ? end + 1 : at;
}

std::size_t DirectiveCursor::behind_splices(std::size_t at) const
{
  for (std::size_t next = splice_at(at); next != at; next = splice_at(at)) {
    at = next;
  }
  return at;
}

bool DirectiveCursor::skip_splice()
{
  const std::size_t behind = splice_at(at_);
  return std::exchange(at_, behind) != behind;
}

bool DirectiveCursor::skip_comment()
{
  if (here() != '/') {
    return false;
  }
  std::size_t next = behind_splices(at_ + 1);
  if (next >= text_.size() || (text_[next] != '/' && text_[next] != '*')) {
    return false;
  }
  const bool block = text_[next] == '*';
  for (++next; next < text_.size(); ++next) {
    next = text_.find(block ? '*' : '\n', next);
    if (next == std::string_view::npos) {
      break;
    }
    if (block) {
      const std::size_t slash = behind_splices(next + 1);
      if (slash < text_.size() && text_[slash] == '/') {
        at_ = slash + 1;
        return true;
      }
    } else {
      std::size_t last = next;
      while (last > at_ && is_blank(text_[last - 1])) {
        --last;
      }
      if (text_[last - 1] != '\\') {
        at_ = next; // the line's end is none of the comment
        return true;
      }
    }
  }
  at_ = text_.size();
  return true;
}

void DirectiveCursor::skip_blanks()
{
  while (!at_end()) {
    if (is_blank(here())) {
      ++at_;
    } else if (!skip_splice() && !skip_comment()) {
      return;
    }
  }
}

/// Whether the quote here opens a raw string: behind R, LR, uR, UR or u8R, and nothing longer.
bool DirectiveCursor::is_raw() const
{
  if (!raw_ || at_ == 0 || text_[at_ - 1] != 'R') {
    return false;
  }
  std::size_t begin = at_ - 1;
  while (begin > 0 && at_ - begin < 4 && is_word(text_[begin - 1])) {
    --begin;
  }
  const std::string_view prefix = text_.substr(begin, at_ - 1 - begin);
  return (begin == 0 || !is_word(text_[begin - 1])) &&
         (prefix.empty() || prefix == "L" || prefix == "u" || prefix == "U" || prefix == "u8");
}

/// Whether the ' here stands inside a number: 1'000.
bool DirectiveCursor::separates_digits() const
{
  if (at_ == 0 || at_ + 1 >= text_.size() || !is_word(text_[at_ - 1]) || !is_word(text_[at_ + 1])) {
    return false;
  }
  std::size_t begin = at_;
  while (begin > 0 && at_ - begin < longest_number &&
         (is_word(text_[begin - 1]) || text_[begin - 1] == '\'' || text_[begin - 1] == '.')) {
    --begin;
  }
  return is_digit(text_[begin]) ||
         (text_[begin] == '.' && begin + 1 < at_ && is_digit(text_[begin + 1]));
}

std::string_view DirectiveCursor::skip_raw()
{
  const std::size_t delimiter = at_ + 1;
  const std::size_t length = text_.substr(delimiter, longest_delimiter + 1).find('(');
  if (length == std::string_view::npos ||
      text_.substr(delimiter, length).find_first_of(" \t\v\f\n\r)\\\"") != std::string_view::npos) {
    return {};
  }
  const std::size_t open = delimiter + length;
  const std::string close = ")" + std::string(text_.substr(delimiter, length)) + "\"";
  const std::size_t end = text_.find(close, open + 1);
  if (end == std::string_view::npos) {
    raw_ = false;
    return {};
  }
  at_ = end + close.size();
  return text_.substr(open + 1, end - open - 1);
}

std::string_view DirectiveCursor::skip_literal()
{
  const char quote = here();
  if (quote == '\'' && separates_digits()) {
    ++at_;
    return {};
  }
  if (quote == '"' && is_raw()) {
    const std::size_t before = at_;
    const std::string_view content = skip_raw();
    if (at_ != before) {
      return content;
    }
  }
  const std::size_t begin = ++at_;
  while (!at_end() && here() != quote && here() != '\n') {
    if (!skip_splice()) {
      const bool escape = here() == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n';
      at_ += escape ? 2 : 1;
    }
  }
  const std::string_view content = text_.substr(begin, at_ - begin);
  at_ += here() == quote && !at_end() ? 1 : 0;
  return content;
}

std::string DirectiveCursor::word()
{
  std::string word;
  while (!at_end()) {
    if (is_word(here())) {
      word += text_[at_++];
    } else if (!skip_splice()) {
      break;
    }
  }
  return word;
}

bool DirectiveCursor::delimited(char close, std::string& name)
{
  while (!at_end() && here() != '\n') {
    if (here() == close) {
      ++at_;
      return true;
    }
    if (!skip_splice()) {
      name += text_[at_++];
    }
  }
  return false;
}

/// The text from `begin` to here, lines joined.
void DirectiveCursor::append_spliced(std::size_t begin, std::string& line) const
{
  while (begin < at_) {
    const std::size_t behind = splice_at(begin);
    if (behind == begin) {
      line += text_[begin++];
    }
    begin = std::max(begin, behind);
  }
}

std::string DirectiveCursor::rest_of_line()
{
  std::string line;
  while (!at_end() && here() != '\n') {
    const std::size_t before = at_;
    if (here() == '"' || here() == '\'') {
      skip_literal();
      append_spliced(before, line);
    } else if (skip_comment()) {
      line += ' ';
    } else if (!skip_splice()) {
      line += text_[at_++];
    }
  }
  const std::size_t first = line.find_first_not_of(blanks);
  const std::size_t last = line.find_last_not_of(blanks);
  return first == std::string::npos ? std::string() : line.substr(first, last - first + 1);
}

} // namespace winnow::ingest
