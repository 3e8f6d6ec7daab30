#include "metar/metar.hpp"

#include "metar/wind_group.hpp"
#include "text/text.hpp"

namespace isobar {

namespace {

/// "M05" is five degrees below zero.
std::optional<Celsius> parse_temperature(std::string_view text)
{
  const bool below_zero = text.starts_with('M');
  const auto degrees = parse_integer(text.substr(below_zero ? 1 : 0));
  if (!degrees || text.size() != (below_zero ? 3u : 2u)) {
    return std::nullopt;
  }
  return Celsius{static_cast<double>(below_zero ? -*degrees : *degrees)};
}

/// "Q1013" in hectopascal, "A2992" in hundredths of an inch of mercury.
std::optional<Hectopascal> parse_pressure(std::string_view group)
{
  const auto digits = group.size() == 5 ? parse_integer(group.substr(1)) : std::nullopt;
  if (digits && group[0] == 'Q') {
    return Hectopascal{static_cast<double>(*digits)};
  }
  if (digits && group[0] == 'A') {
    return to_hectopascal(InchesOfMercury{static_cast<double>(*digits) / 100.0});
  }
  return std::nullopt;
}

/// "011250Z": day, hour and minute.
std::optional<Instant> parse_time(std::string_view group, Instant now)
{
  if (group.size() != 7 || group.back() != 'Z') {
    return std::nullopt;
  }
  const auto day = parse_integer(group.substr(0, 2));
  const auto hour = parse_integer(group.substr(2, 2));
  const auto minute = parse_integer(group.substr(4, 2));
  if (!day || !hour || !minute || *hour > 23 || *minute > 59) {
    return std::nullopt;
  }
  return latest_with_day(now, static_cast<unsigned>(*day), static_cast<unsigned>(*hour),
                         static_cast<unsigned>(*minute));
}

void read_group(std::string_view group, MetarReport& report)
{
  if (const auto wind = parse_wind_group(group); wind && !report.wind) {
    report.wind = wind;
  } else if (const auto pressure = parse_pressure(group); pressure && !report.pressure) {
    report.pressure = pressure;
  } else if (const auto parts = split(group, '/'); parts.size() == 2 && !report.temperature) {
    report.temperature = parse_temperature(parts[0]);
    report.dew_point = parse_temperature(parts[1]);
  }
}

} // namespace

std::optional<MetarReport> decode_metar(std::string_view text, Instant now)
{
  auto groups = words(text);
  if (!groups.empty() && (groups[0] == "METAR" || groups[0] == "SPECI")) {
    groups.erase(groups.begin());
  }
  if (groups.size() < 2 || groups[0].size() != 4) {
    return std::nullopt;
  }
  const auto taken_at = parse_time(groups[1], now);
  if (!taken_at) {
    return std::nullopt;
  }
  MetarReport report{.station = std::string(groups[0]),
                     .taken_at = *taken_at,
                     .wind = {},
                     .temperature = {},
                     .dew_point = {},
                     .pressure = {}};
  for (std::size_t i = 2; i < groups.size() && groups[i] != "RMK"; ++i) {
    read_group(groups[i], report);
  }
  return report;
}

} // namespace isobar
