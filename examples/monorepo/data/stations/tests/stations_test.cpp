#include "checks/checks.hpp"
#include "stations/stations.hpp"

using namespace isobar;

int main()
{
  const auto europe = StationDirectory::load("europe.csv");
  CHECK(europe.all().size() == 10);
  CHECK(europe.find("EHAM").has_value());
  CHECK(europe.find("EHAM")->elevation_m == -3.0);
  CHECK(!europe.find("KJFK"));

  const auto near_basel = europe.nearest({47.56, 7.59}, 3);
  CHECK(near_basel.size() == 3);
  CHECK(near_basel[0].id == "LSZH");
  CHECK(europe.nearest({0, 0}, 99).size() == 10);
  return checks::result();
}
