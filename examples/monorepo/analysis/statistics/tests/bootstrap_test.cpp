#include <random>
#include <vector>

#include "checks/checks.hpp"
#include "statistics/bootstrap.hpp"

using namespace isobar;

int main()
{
  std::mt19937_64 random(2026);
  std::normal_distribution<double> temperature(10.0, 2.0);
  std::vector<double> values(400);
  for (double& value : values) {
    value = temperature(random);
  }
  const Interval interval = bootstrap_mean(values, 160'000, 1);
  CHECK(interval.low < 10.0 && 10.0 < interval.high);
  // Theory says a width of 2 × 1.96 × 2 / √400 = 0.39.
  CHECK(checks::near(interval.high - interval.low, 0.39, 0.04));
  return checks::result();
}
