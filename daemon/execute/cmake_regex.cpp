// A recursive-descent reading of CMake's grammar that writes RE2's.
#include "daemon/execute/cmake_regex.hpp"

#include <fmt/format.h>

#include <bitset>

namespace winnow::execute {
namespace {

/// Thrown by the reader below and caught in this file only.
struct Refused {
  const char* why;
};

constexpr bool is_repetition(char c)
{
  return c == '*' || c == '+' || c == '?';
}

class Reader {
 public:
  explicit Reader(std::string_view pattern) : rest_(pattern) {}

  std::string whole()
  {
    alternatives();
    if (!rest_.empty()) {
      throw Refused{"a ) has no ("};
    }
    return std::move(written_);
  }

 private:
  /// Whether a part can only match at least one character. What cannot must not be repeated:
  /// CMake's matcher would not end.
  enum class Width { none, some };

  bool at(char c) const { return !rest_.empty() && rest_.front() == c; }

  char take()
  {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  Width alternatives()
  {
    Width width = branch();
    while (at('|')) {
      written_ += take();
      if (branch() == Width::none) {
        width = Width::none;
      }
    }
    return width;
  }

  Width branch()
  {
    Width width = Width::none;
    while (!rest_.empty() && !at('|') && !at(')')) {
      if (piece() == Width::some) {
        width = Width::some;
      }
    }
    return width;
  }

  Width piece()
  {
    const Width width = atom();
    if (rest_.empty() || !is_repetition(rest_.front())) {
      return width;
    }
    const char repetition = take();
    if (width == Width::none && repetition != '?') {
      throw Refused{"what * or + repeats could be empty"};
    }
    if (!rest_.empty() && is_repetition(rest_.front())) {
      throw Refused{"two of *, + and ? follow each other"};
    }
    written_ += repetition;
    return repetition == '+' ? Width::some : Width::none;
  }

  Width atom()
  {
    const char c = take();
    switch (c) {
    case '^':
      written_ += "\\A";
      return Width::none;
    case '$':
      written_ += "\\z";
      return Width::none;
    case '.':
      written_ += '.';
      return Width::some;
    case '[':
      character_class();
      return Width::some;
    case '(':
      return group();
    case '*':
    case '+':
    case '?':
      throw Refused{"*, + or ? follows nothing"};
    case '\\':
      if (rest_.empty()) {
        throw Refused{"a \\ ends it"};
      }
      literal(take());
      return Width::some;
    default:
      literal(c);
      return Width::some;
    }
  }

  Width group()
  {
    if (++depth_ > depth_limit) {
      throw Refused{"its parentheses are nested too deeply"};
    }
    written_ += "(?:";
    const Width width = alternatives();
    if (!at(')')) {
      throw Refused{"a ( has no )"};
    }
    written_ += take();
    --depth_;
    return width;
  }

  void literal(char c) { written_ += escaped(static_cast<unsigned char>(c)); }

  static std::string escaped(unsigned char c)
  {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return plain ? std::string(1, static_cast<char>(c)) : fmt::format("\\x{:02x}", c);
  }

  void character_class()
  {
    const bool negated = at('^');
    if (negated) {
      take();
    }
    std::bitset<256> members;
    unsigned char previous = 0;
    const auto add = [&](char c) {
      previous = static_cast<unsigned char>(c);
      members.set(previous);
    };
    if (at(']') || at('-')) {
      add(take());
    }
    while (!rest_.empty() && !at(']')) {
      const char c = take();
      if (c != '-' || rest_.empty() || at(']')) {
        add(c);
        continue;
      }
      const auto last = static_cast<unsigned char>(take());
      if (previous > last) {
        throw Refused{"a range in [] is the wrong way round"};
      }
      for (unsigned member = previous; member <= last; ++member) {
        members.set(member);
      }
      previous = last;
    }
    if (rest_.empty()) {
      throw Refused{"a [ has no ]"};
    }
    take();
    write_class(negated ? ~members : members);
  }

  void write_class(const std::bitset<256>& members)
  {
    if (members.none()) {
      throw Refused{"a [] matches nothing"};
    }
    written_ += '[';
    for (unsigned first = 0; first < members.size(); ++first) {
      if (!members.test(first)) {
        continue;
      }
      unsigned last = first;
      while (last + 1 < members.size() && members.test(last + 1)) {
        ++last;
      }
      written_ += fmt::format("\\x{:02x}-\\x{:02x}", first, last);
      first = last;
    }
    written_ += ']';
  }

  static constexpr int depth_limit = 200;

  std::string_view rest_;
  std::string written_;
  int depth_ = 0;
};

} // namespace

Result<std::string> re2_pattern(std::string_view cmake_pattern)
{
  try {
    return Reader(cmake_pattern).whole();
  } catch (const Refused& refused) {
    return user_error(
        fmt::format("\"{}\" is no regular expression of CMake: {}", cmake_pattern, refused.why));
  }
}

} // namespace winnow::execute
