// Takes a line apart at its blanks, as the files of /proc and of cgroups are written.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace winnow::execute {

/// The words of a text one after another; all of them "" behind the last.
class TextFields {
 public:
  explicit TextFields(std::string_view text) : rest_(text) {}

  std::string_view word()
  {
    const std::size_t begin = rest_.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos) {
      rest_ = {};
      return {};
    }
    rest_.remove_prefix(begin);
    const std::string_view word = rest_.substr(0, rest_.find_first_of(" \t\n"));
    rest_.remove_prefix(word.size());
    return word;
  }

  void skip(int words)
  {
    for (; words > 0; --words) {
      word();
    }
  }

  /// The next word if all of it is a number that fits.
  template <class Number>
  std::optional<Number> number()
  {
    return number_in<Number>(word());
  }

  template <class Number>
  static std::optional<Number> number_in(std::string_view word)
  {
    Number value{};
    const char* const end = word.data() + word.size();
    const auto [read_to, error] = std::from_chars(word.data(), end, value);
    return error == std::errc{} && read_to == end ? std::optional(value) : std::nullopt;
  }

 private:
  std::string_view rest_;
};

/// The first line of `text`, which is left with those behind it.
inline std::string_view take_line(std::string_view& text)
{
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(line.size() + (line.size() < text.size() ? 1 : 0));
  return line;
}

} // namespace winnow::execute
