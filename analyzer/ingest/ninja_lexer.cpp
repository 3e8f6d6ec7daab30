// Scanning by memchr where lines are long.
#include "analyzer/ingest/ninja_lexer.hpp"

#include "analyzer/ingest/character_set.hpp"
#include "analyzer/ingest/ninja_scope.hpp"

#include <algorithm>

namespace winnow::ingest {
namespace {

constexpr CharacterSet ends_path(" :|\n\r$");

} // namespace

bool NinjaLexer::next_statement()
{
  while (!at_end()) {
    const std::size_t start = text_.find_first_not_of(' ', at_);
    if (start == std::string_view::npos) {
      at_ = text_.size();
    } else if (text_[start] == '#') {
      at_ = std::min(text_.find('\n', start), text_.size() - 1) + 1;
    } else if (text_[start] == '\n' || text_.substr(start, 2) == "\r\n") {
      at_ = text_.find('\n', start) + 1;
    } else {
      return true;
    }
  }
  return false;
}

bool NinjaLexer::next_binding()
{
  if (!next_statement() || text_[at_] != ' ') {
    return false;
  }
  skip_blanks();
  return true;
}

std::string_view NinjaLexer::name()
{
  const std::string_view name = text_.substr(at_, ninja_name_length(text_.substr(at_), true));
  at_ += name.size();
  skip_blanks();
  return name;
}

std::string_view NinjaLexer::path()
{
  const std::size_t begin = at_;
  while (true) {
    at_ = ends_path.first_in(text_, at_);
    if (at_end() || text_[at_] != '$') {
      break;
    }
    if (!skip_continuation()) {
      at_ = std::min(at_ + 2, text_.size());
    }
  }
  const std::string_view path = text_.substr(begin, at_ - begin);
  skip_blanks();
  return path;
}

std::string_view NinjaLexer::value()
{
  const std::size_t begin = at_;
  while (true) {
    const std::size_t newline = std::min(text_.find('\n', at_), text_.size());
    std::size_t end = newline;
    if (end > begin && text_[end - 1] == '\r') {
      --end;
    }
    std::size_t dollars = 0;
    while (end - dollars > begin && text_[end - dollars - 1] == '$') {
      ++dollars;
    }
    at_ = std::min(newline + 1, text_.size());
    if (dollars % 2 == 0 || newline == text_.size()) {
      return text_.substr(begin, end - begin);
    }
  }
}

bool NinjaLexer::accept(std::string_view symbol)
{
  if (!text_.substr(at_).starts_with(symbol)) {
    return false;
  }
  at_ += symbol.size();
  skip_blanks();
  return true;
}

bool NinjaLexer::accept_line_end()
{
  if (at_end()) {
    return true;
  }
  if (text_[at_] != '\n' && text_.substr(at_, 2) != "\r\n") {
    return false;
  }
  at_ = text_.find('\n', at_) + 1;
  return true;
}

std::uint32_t NinjaLexer::line() const
{
  const std::size_t end = std::min(at_, text_.size());
  return 1 + static_cast<std::uint32_t>(
                 std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
}

void NinjaLexer::skip_blanks()
{
  while (!at_end()) {
    if (text_[at_] == ' ') {
      ++at_;
    } else if (!skip_continuation()) {
      return;
    }
  }
}

/// Skips `$` and the line break behind it, if they are next.
bool NinjaLexer::skip_continuation()
{
  for (const std::string_view continuation : {std::string_view("$\n"), std::string_view("$\r\n")}) {
    if (text_.substr(at_).starts_with(continuation)) {
      at_ += continuation.size();
      return true;
    }
  }
  return false;
}

} // namespace winnow::ingest
