// Rules that turn a measurement into a warning.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "units/units.hpp"

namespace isobar {

struct Conditions {
  Celsius temperature;
  Hectopascal pressure;
  MetersPerSecond wind;
};

struct Rule {
  enum class Quantity { temperature, pressure, wind };
  enum class Comparison { above, below };

  std::string warning;
  Quantity quantity;
  Comparison comparison;
  double threshold;
};

/// Reads "storm: wind > 24.5"; nothing for any other form.
std::optional<Rule> parse_rule(std::string_view text);

bool applies(const Rule& rule, const Conditions& conditions);

} // namespace isobar
