// How good a forecast was.
#pragma once

#include "grid/grid.hpp"

namespace isobar {

/// One for a perfect forecast, zero for one no better than saying that nothing
/// changes, negative for a worse one. Grids of the same size.
double skill(const Grid<double>& forecast, const Grid<double>& start, const Grid<double>& outcome);

} // namespace isobar
