#include "checks/checks.hpp"
#include "units/units.hpp"

using namespace isobar;

int main()
{
  CHECK(to_kelvin(Celsius{0.0}) == Kelvin{273.15});
  CHECK(checks::near(to_meters_per_second(Knots{10.0}).value, 5.144, 0.001));
  CHECK(checks::near(to_hectopascal(InchesOfMercury{29.92}).value, 1013.2, 0.1));
  CHECK(Celsius{3.0} - Celsius{5.0} < Celsius{0.0});
  return checks::result();
}
