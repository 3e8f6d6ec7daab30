#include "statistics/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace isobar {

double mean(std::span<const double> values)
{
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double standard_deviation(std::span<const double> values)
{
  if (values.size() < 2) {
    return 0.0;
  }
  const double center = mean(values);
  double squares = 0.0;
  for (const double value : values) {
    squares += (value - center) * (value - center);
  }
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double percentile(std::span<const double> values, double fraction)
{
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const double rank = fraction * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], rank - static_cast<double>(below));
}

double trend(std::span<const double> values)
{
  const double center = (static_cast<double>(values.size()) - 1.0) / 2.0;
  double product = 0.0;
  double squares = 0.0;
  double x = -center;
  for (const double value : values) {
    product += x * value;
    squares += x * x;
    x += 1.0;
  }
  return squares == 0.0 ? 0.0 : product / squares;
}

} // namespace isobar
