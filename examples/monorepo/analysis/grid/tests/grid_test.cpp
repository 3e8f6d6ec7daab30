#include "checks/checks.hpp"
#include "grid/grid.hpp"

using namespace isobar;

int main()
{
  Grid<int> grid({{44.0, 5.0}, {48.0, 15.0}}, 5, 11, 7);
  CHECK(grid.values().size() == 55);
  CHECK(grid.at(4, 10) == 7);
  grid.at(1, 0) = 3;
  CHECK(grid.values()[11] == 3);
  CHECK((grid.position(0, 0) == Position{44.0, 5.0}));
  CHECK((grid.position(4, 10) == Position{48.0, 15.0}));
  CHECK((grid.position(1, 2) == Position{45.0, 7.0}));
  return checks::result();
}
