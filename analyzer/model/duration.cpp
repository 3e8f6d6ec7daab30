// Reads a number and its unit.
#include "analyzer/model/duration.hpp"

#include <charconv>
#include <cmath>

namespace winnow {
namespace {

std::optional<double> unit_s(std::string_view unit)
{
  if (unit == "ms") {
    return 0.001;
  }
  if (unit == "s") {
    return 1;
  }
  if (unit == "m") {
    return 60;
  }
  return unit == "h" ? std::optional<double>(3600) : std::nullopt;
}

} // namespace

std::optional<double> seconds_in(std::string_view text)
{
  double number = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  const std::optional<double> unit =
      unit_s(text.substr(static_cast<std::size_t>(parsed.ptr - text.data())));
  if (parsed.ec != std::errc() || !unit || !std::isfinite(number) || number <= 0) {
    return std::nullopt;
  }
  return number * *unit;
}

} // namespace winnow
