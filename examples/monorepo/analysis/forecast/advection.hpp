// Moves a field with the wind.
#pragma once

#include "grid/grid.hpp"

namespace isobar {

/// In cells per step; positive is towards north and east. At most one cell in either direction.
struct Drift {
  double north = 0.0;
  double east = 0.0;
};

/// The field after `steps` steps, by the first-order upwind scheme. What leaves
/// one edge comes back at the opposite one, so that the sum is kept.
Grid<double> advect(Grid<double> field, Drift drift, int steps);

} // namespace isobar
