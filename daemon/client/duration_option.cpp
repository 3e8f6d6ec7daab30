// Durations as people type them: 90s, 10m, 1.5h.
#include "daemon/client/duration_option.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

namespace winnow::client {
namespace {

std::optional<double> unit_s(std::string_view unit)
{
  if (unit == "s") {
    return 1;
  }
  if (unit == "m") {
    return 60;
  }
  return unit == "h" ? std::optional<double>(3600) : std::nullopt;
}

} // namespace

Result<double> seconds_of(const std::string& text)
{
  double number = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  const std::optional<double> unit =
      unit_s({parsed.ptr, static_cast<std::size_t>(end - parsed.ptr)});
  if (parsed.ec != std::errc() || !unit || !std::isfinite(number) || number <= 0) {
    return user_error(fmt::format("'{}' is no duration; write 90s, 10m or 1.5h", text));
  }
  return number * *unit;
}

} // namespace winnow::client
