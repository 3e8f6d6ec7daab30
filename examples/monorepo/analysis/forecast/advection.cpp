#include "forecast/advection.hpp"

#include <cmath>
#include <utility>

namespace isobar {

namespace {

int wrapped(int index, int size)
{
  return (index + size) % size;
}

} // namespace

Grid<double> advect(Grid<double> field, Drift drift, int steps)
{
  const int south = drift.north >= 0.0 ? -1 : 1;
  const int west = drift.east >= 0.0 ? -1 : 1;
  const double from_row = std::fabs(drift.north);
  const double from_column = std::fabs(drift.east);
  Grid<double> next = field;
  for (int step = 0; step < steps; ++step) {
    for (int row = 0; row < field.rows(); ++row) {
      const int upwind_row = wrapped(row + south, field.rows());
      for (int column = 0; column < field.columns(); ++column) {
        const int upwind_column = wrapped(column + west, field.columns());
        const double along =
            std::lerp(field.at(row, column), field.at(row, upwind_column), from_column);
        const double upwind = std::lerp(field.at(upwind_row, column),
                                        field.at(upwind_row, upwind_column), from_column);
        next.at(row, column) = std::lerp(along, upwind, from_row);
      }
    }
    std::swap(field, next);
  }
  return field;
}

} // namespace isobar
