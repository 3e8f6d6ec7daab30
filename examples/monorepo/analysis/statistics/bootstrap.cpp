#include "statistics/bootstrap.hpp"

#include <random>
#include <vector>

#include "statistics/statistics.hpp"

namespace isobar {

Interval bootstrap_mean(std::span<const double> values, int rounds, std::uint64_t seed)
{
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<std::size_t> index(0, values.size() - 1);
  std::vector<double> means;
  for (int round = 0; round < rounds; ++round) {
    double sum = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      sum += values[index(random)];
    }
    means.push_back(sum / static_cast<double>(values.size()));
  }
  return {percentile(means, 0.025), percentile(means, 0.975)};
}

} // namespace isobar
