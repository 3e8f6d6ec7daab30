// Temperature falls with latitude: a field that smooth must be predictable.
#include <vector>

#include "checks/checks.hpp"
#include "interpolation/cross_validation.hpp"
#include "stations/stations.hpp"

using namespace isobar;

int main()
{
  const auto europe = StationDirectory::load("europe.csv");
  std::vector<Measurement> measurements;
  for (const Station& station : europe.all()) {
    measurements.push_back({station.position, 40.0 - 0.6 * station.position.latitude});
  }
  const double sparse = leave_one_out_error(measurements);
  CHECK(sparse > 0.0 && sparse < 3.0);

  const auto grid = interpolate_grid(measurements, {{40.0, -4.0}, {56.0, 17.0}}, 60, 65);
  measurements.clear();
  for (int row = 0; row < grid.rows(); ++row) {
    for (int column = 0; column < grid.columns(); ++column) {
      measurements.push_back({grid.position(row, column), grid.at(row, column)});
    }
  }
  CHECK(leave_one_out_error(measurements) < sparse);
  return checks::result();
}
