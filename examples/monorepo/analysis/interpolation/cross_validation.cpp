#include "interpolation/cross_validation.hpp"

#include <cmath>
#include <vector>

#include "statistics/statistics.hpp"

namespace isobar {

double leave_one_out_error(std::span<const Measurement> measurements)
{
  std::vector<double> errors;
  std::vector<Measurement> others(measurements.begin() + 1, measurements.end());
  for (std::size_t left_out = 0; left_out < measurements.size(); ++left_out) {
    if (left_out > 0) {
      others[left_out - 1] = measurements[left_out - 1];
    }
    const Measurement& wanted = measurements[left_out];
    errors.push_back(std::fabs(interpolate(others, wanted.position) - wanted.value));
  }
  return mean(errors);
}

} // namespace isobar
