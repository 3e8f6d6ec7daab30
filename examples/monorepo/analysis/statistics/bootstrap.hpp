// How far a mean can be trusted.
#pragma once

#include <cstdint>
#include <span>

namespace isobar {

struct Interval {
  double low = 0.0;
  double high = 0.0;
};

/// The 95 % confidence interval of the mean, by the percentile bootstrap:
/// `rounds` samples drawn with replacement. The same seed gives the same interval.
Interval bootstrap_mean(std::span<const double> values, int rounds, std::uint64_t seed);

} // namespace isobar
