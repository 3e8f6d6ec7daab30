// A fine grid over Europe from two hundred stations stays within what they measured.
#include <algorithm>
#include <random>
#include <vector>

#include "checks/checks.hpp"
#include "interpolation/inverse_distance.hpp"

using namespace isobar;

int main()
{
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> latitude(35.0, 70.0);
  std::uniform_real_distribution<double> longitude(-10.0, 30.0);
  std::uniform_real_distribution<double> temperature(-20.0, 35.0);
  std::vector<Measurement> measurements(200);
  for (Measurement& measurement : measurements) {
    measurement = {{latitude(random), longitude(random)}, temperature(random)};
  }
  const auto grid = interpolate_grid(measurements, {{35.0, -10.0}, {70.0, 30.0}}, 240, 270);
  const auto [coldest, warmest] = std::ranges::minmax(grid.values());
  CHECK(coldest >= -20.0);
  CHECK(warmest <= 35.0);
  CHECK(warmest - coldest > 30.0);
  return checks::result();
}
