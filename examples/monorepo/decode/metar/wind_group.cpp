#include "metar/wind_group.hpp"

#include "text/text.hpp"

namespace isobar {

namespace {

MetersPerSecond in_unit(long speed, std::string_view unit)
{
  const auto value = static_cast<double>(speed);
  return unit == "KT" ? to_meters_per_second(Knots{value}) : MetersPerSecond{value};
}

} // namespace

std::optional<MetarWind> parse_wind_group(std::string_view group)
{
  const std::string_view unit = group.ends_with("KT") ? "KT" : group.ends_with("MPS") ? "MPS" : "";
  if (unit.empty() || group.size() < 5 + unit.size()) {
    return std::nullopt;
  }
  group.remove_suffix(unit.size());

  MetarWind wind;
  if (!group.starts_with("VRB")) {
    const auto degrees = parse_integer(group.substr(0, 3));
    if (!degrees || *degrees > 360) {
      return std::nullopt;
    }
    wind.direction_degrees = static_cast<int>(*degrees);
  }
  const auto speeds = split(group.substr(3), 'G');
  const auto speed = parse_integer(speeds[0]);
  if (!speed || speeds.size() > 2) {
    return std::nullopt;
  }
  wind.speed = in_unit(*speed, unit);
  if (speeds.size() == 2) {
    const auto gust = parse_integer(speeds[1]);
    if (!gust) {
      return std::nullopt;
    }
    wind.gust = in_unit(*gust, unit);
  }
  return wind;
}

} // namespace isobar
