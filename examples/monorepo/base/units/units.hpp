// Physical quantities that carry their unit in the type.
#pragma once

#include <compare>

namespace isobar {

template <class Unit>
struct Quantity {
  double value = 0.0;

  friend constexpr auto operator<=>(Quantity, Quantity) = default;

  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.value + b.value}; }

  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.value - b.value}; }

  friend constexpr Quantity operator*(double factor, Quantity a) { return {factor * a.value}; }
};

using Celsius = Quantity<struct CelsiusUnit>;
using Kelvin = Quantity<struct KelvinUnit>;
using Hectopascal = Quantity<struct HectopascalUnit>;
using InchesOfMercury = Quantity<struct InchesOfMercuryUnit>;
using MetersPerSecond = Quantity<struct MetersPerSecondUnit>;
using Knots = Quantity<struct KnotsUnit>;
using Kilometers = Quantity<struct KilometersUnit>;

constexpr Kelvin to_kelvin(Celsius t)
{
  return {t.value + 273.15};
}

constexpr MetersPerSecond to_meters_per_second(Knots speed)
{
  return {speed.value * 1852.0 / 3600.0};
}

constexpr Hectopascal to_hectopascal(InchesOfMercury pressure)
{
  return {pressure.value * 33.8639};
}

} // namespace isobar
