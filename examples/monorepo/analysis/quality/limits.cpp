#include "quality/quality.hpp"

namespace isobar {

namespace {

struct Limits {
  double lowest;
  double low;
  double high;
  double highest;
};

Verdict check(double value, const Limits& limits)
{
  if (!(limits.lowest <= value && value <= limits.highest)) {
    return Verdict::wrong;
  }
  return limits.low <= value && value <= limits.high ? Verdict::good : Verdict::suspect;
}

} // namespace

// The outer bounds are the records kept by the World Meteorological Organization.
Verdict check_limits(Celsius temperature)
{
  return check(temperature.value, {-89.2, -50.0, 48.0, 56.7});
}

Verdict check_limits(Hectopascal pressure)
{
  return check(pressure.value, {870.0, 930.0, 1060.0, 1084.8});
}

Verdict check_limits(MetersPerSecond wind)
{
  return check(wind.value, {0.0, 0.0, 50.0, 113.3});
}

} // namespace isobar
