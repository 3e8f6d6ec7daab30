#include "interpolation/inverse_distance.hpp"

#include "geo/distance.hpp"

namespace isobar {

double interpolate(std::span<const Measurement> measurements, Position position)
{
  double weighted = 0.0;
  double weights = 0.0;
  for (const Measurement& measurement : measurements) {
    const double kilometers = distance(position, measurement.position).value;
    if (kilometers < 1e-6) {
      return measurement.value;
    }
    const double weight = 1.0 / (kilometers * kilometers);
    weighted += weight * measurement.value;
    weights += weight;
  }
  return weighted / weights;
}

Grid<double> interpolate_grid(std::span<const Measurement> measurements, BoundingBox box, int rows,
                              int columns)
{
  Grid<double> grid(box, rows, columns);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      grid.at(row, column) = interpolate(measurements, grid.position(row, column));
    }
  }
  return grid;
}

} // namespace isobar
