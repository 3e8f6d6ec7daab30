#include "text/text.hpp"

#include <charconv>
#include <cstdio>

namespace isobar {

namespace {

constexpr std::string_view white_space = " \t\r\n";

template <class Number>
std::optional<Number> parse_whole(std::string_view text)
{
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

} // namespace

std::string_view trim(std::string_view text)
{
  const auto first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
  std::vector<std::string_view> fields;
  while (true) {
    const auto end = text.find(separator);
    fields.push_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return fields;
    }
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> words(std::string_view text)
{
  std::vector<std::string_view> found;
  for (text = trim(text); !text.empty(); text = trim(text)) {
    const auto end = text.find_first_of(white_space);
    found.push_back(text.substr(0, end));
    text.remove_prefix(found.back().size());
  }
  return found;
}

std::optional<long> parse_integer(std::string_view text)
{
  return parse_whole<long>(text);
}

std::optional<double> parse_decimal(std::string_view text)
{
  return parse_whole<double>(text);
}

std::string format_decimal(double value, int digits)
{
  char buffer[64];
  const int length = std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  return {buffer, static_cast<std::size_t>(length)};
}

} // namespace isobar
