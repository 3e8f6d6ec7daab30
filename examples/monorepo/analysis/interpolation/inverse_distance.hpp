// Values between stations, estimated from the stations around.
#pragma once

#include <span>

#include "geo/position.hpp"
#include "grid/grid.hpp"

namespace isobar {

struct Measurement {
  Position position;
  double value = 0.0;
};

/// Shepard's method: the mean of all measurements, weighted by distance to the power of minus two.
/// At a measurement's own place, that measurement. Needs at least one measurement.
double interpolate(std::span<const Measurement> measurements, Position position);

Grid<double> interpolate_grid(std::span<const Measurement> measurements, BoundingBox box, int rows,
                              int columns);

} // namespace isobar
