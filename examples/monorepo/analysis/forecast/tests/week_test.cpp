// A week ahead in ten-minute steps: the sum is kept and nothing overshoots.
#include <algorithm>
#include <numeric>

#include "checks/checks.hpp"
#include "forecast/advection.hpp"

using namespace isobar;

int main()
{
  Grid<double> field({{35.0, -10.0}, {70.0, 30.0}}, 350, 400);
  for (int row = 40; row < 80; ++row) {
    for (int column = 30; column < 70; ++column) {
      field.at(row, column) = 12.0;
    }
  }
  const auto sum = [](const Grid<double>& grid) {
    return std::accumulate(grid.values().begin(), grid.values().end(), 0.0);
  };
  const auto ahead = advect(field, {.north = 0.21, .east = 0.48}, 7 * 144);
  CHECK(checks::near(sum(ahead), sum(field), 1e-2));
  CHECK(std::ranges::max(ahead.values()) <= 12.0);
  CHECK(std::ranges::min(ahead.values()) >= 0.0);
  return checks::result();
}
