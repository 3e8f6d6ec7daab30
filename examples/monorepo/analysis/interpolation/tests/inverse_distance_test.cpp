#include <gtest/gtest.h>

#include <vector>

#include "interpolation/inverse_distance.hpp"

using namespace isobar;

namespace {

const std::vector<Measurement> two_stations{{{47.0, 8.0}, 10.0}, {{47.0, 10.0}, 20.0}};

} // namespace

TEST(InverseDistance, KeepsTheMeasurementAtItsPlace)
{
  EXPECT_EQ(interpolate(two_stations, {47.0, 10.0}), 20.0);
}

TEST(InverseDistance, TakesTheMeanHalfWay)
{
  EXPECT_NEAR(interpolate(two_stations, {47.0, 9.0}), 15.0, 1e-9);
}

TEST(InverseDistance, LeansTowardsTheNearerStation)
{
  const double estimate = interpolate(two_stations, {47.0, 8.5});
  EXPECT_GT(estimate, 10.0);
  EXPECT_LT(estimate, 12.0);
}

TEST(InverseDistance, FillsAGrid)
{
  const auto grid = interpolate_grid(two_stations, {{47.0, 8.0}, {48.0, 10.0}}, 3, 5);
  EXPECT_EQ(grid.at(0, 0), 10.0);
  EXPECT_EQ(grid.at(0, 4), 20.0);
  EXPECT_NEAR(grid.at(2, 2), 15.0, 1e-9);
}
