// Summaries of a list of numbers. All of them need at least one number.
#pragma once

#include <span>

namespace isobar {

double mean(std::span<const double> values);

/// Of the sample, with n - 1 in the divisor; zero for a single value.
double standard_deviation(std::span<const double> values);

/// Linear between ranks; `fraction` in [0, 1], 0.5 being the median.
double percentile(std::span<const double> values, double fraction);

/// Least-squares slope of the values against 0, 1, 2, …
double trend(std::span<const double> values);

} // namespace isobar
