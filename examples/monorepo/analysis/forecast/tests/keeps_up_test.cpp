// One step of the operational grid must take far less than the ten minutes it stands for.
#include <chrono>

#include "checks/checks.hpp"
#include "forecast/advection.hpp"

using namespace isobar;

int main()
{
  const Grid<double> field({{35.0, -10.0}, {70.0, 30.0}}, 700, 800, 1.0);
  const auto start = std::chrono::steady_clock::now();
  const auto ahead = advect(field, {.north = 0.5, .east = 0.5}, 60);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  CHECK(ahead.at(0, 0) == 1.0);
  CHECK(elapsed.count() < 10.0);
  return checks::result();
}
