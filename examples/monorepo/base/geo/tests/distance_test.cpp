#include "checks/checks.hpp"
#include "geo/distance.hpp"

using namespace isobar;

int main()
{
  const Position frankfurt{50.033, 8.570};
  const Position zurich{47.458, 8.548};
  CHECK(checks::near(distance(frankfurt, zurich).value, 286.3, 0.5));
  CHECK(distance(zurich, zurich).value == 0.0);
  CHECK(checks::near(bearing(frankfurt, zurich), 180.3, 0.5));
  CHECK(checks::near(bearing({0, 0}, {0, 1}), 90.0, 1e-9));
  return checks::result();
}
