// Counts, times and sizes in words.
#include "analyzer/report/quantity_text.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace winnow::report {

std::string count_text(std::size_t count, std::string_view noun)
{
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string seconds_text(double seconds)
{
  if (const long long ms = std::llround(seconds * 1000); ms < 1000) {
    return fmt::format("{} ms", ms);
  }
  // What rounds to 60.0 is said in minutes.
  if (seconds < 59.95) {
    return fmt::format("{:.1f} s", seconds);
  }
  const long long whole = std::llround(seconds);
  if (whole < 3600) {
    return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  }
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::string bytes_text(std::uint64_t bytes)
{
  constexpr std::array units{"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) {
    return count_text(bytes, "byte");
  }
  double amount = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  while (amount >= 1024 && unit + 1 < units.size()) {
    amount /= 1024;
    ++unit;
  }
  return fmt::format("{:.1f} {}", amount, units[unit]);
}

} // namespace winnow::report
