#include "geo/distance.hpp"

#include <cmath>
#include <numbers>

namespace isobar {

namespace {

constexpr double earth_radius_km = 6371.0088;

double radians(double degrees)
{
  return degrees * std::numbers::pi / 180.0;
}

double half_sine_squared(double angle)
{
  const double s = std::sin(angle / 2.0);
  return s * s;
}

} // namespace

Kilometers distance(Position from, Position to)
{
  const double latitude = radians(to.latitude - from.latitude);
  const double longitude = radians(to.longitude - from.longitude);
  const double h = half_sine_squared(latitude) + std::cos(radians(from.latitude)) *
                                                     std::cos(radians(to.latitude)) *
                                                     half_sine_squared(longitude);
  return {2.0 * earth_radius_km * std::asin(std::sqrt(h))};
}

double bearing(Position from, Position to)
{
  const double longitude = radians(to.longitude - from.longitude);
  const double east = std::sin(longitude) * std::cos(radians(to.latitude));
  const double north =
      std::cos(radians(from.latitude)) * std::sin(radians(to.latitude)) -
      std::sin(radians(from.latitude)) * std::cos(radians(to.latitude)) * std::cos(longitude);
  return std::fmod(std::atan2(east, north) * 180.0 / std::numbers::pi + 360.0, 360.0);
}

} // namespace isobar
