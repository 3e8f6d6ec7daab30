// How well interpolation predicts stations it was not shown.
#pragma once

#include "interpolation/inverse_distance.hpp"

namespace isobar {

/// The mean absolute error when each measurement in turn is estimated from all
/// others. Needs at least two measurements.
double leave_one_out_error(std::span<const Measurement> measurements);

} // namespace isobar
