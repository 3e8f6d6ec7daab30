// Decodes METAR, the hourly report of an airport.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "civil_time/civil_time.hpp"
#include "units/units.hpp"

namespace isobar {

struct MetarWind {
  std::optional<int> direction_degrees; ///< nothing when variable
  MetersPerSecond speed;
  std::optional<MetersPerSecond> gust;
};

struct MetarReport {
  std::string station;
  Instant taken_at;
  std::optional<MetarWind> wind;
  std::optional<Celsius> temperature;
  std::optional<Celsius> dew_point;
  std::optional<Hectopascal> pressure;
};

/// Groups of no interest here (clouds, visibility, remarks) are passed over.
/// The report names the day only: `now` says of which month. Nothing unless
/// station and time are readable.
std::optional<MetarReport> decode_metar(std::string_view text, Instant now);

} // namespace isobar
