#include <gtest/gtest.h>

#include <numeric>

#include "forecast/advection.hpp"
#include "forecast/skill.hpp"

using namespace isobar;

namespace {

Grid<double> one_shower()
{
  Grid<double> field({{46.0, 6.0}, {48.0, 10.0}}, 20, 30);
  field.at(10, 10) = 8.0;
  return field;
}

double total(const Grid<double>& field)
{
  return std::accumulate(field.values().begin(), field.values().end(), 0.0);
}

} // namespace

TEST(Advection, MovesWholeCellsExactly)
{
  EXPECT_EQ(advect(one_shower(), {.north = 0.0, .east = 1.0}, 5).at(10, 15), 8.0);
  EXPECT_EQ(advect(one_shower(), {.north = -1.0, .east = 0.0}, 3).at(7, 10), 8.0);
}

TEST(Advection, KeepsTheSum)
{
  EXPECT_NEAR(total(advect(one_shower(), {.north = 0.3, .east = -0.7}, 100)), 8.0, 1e-9);
}

TEST(Advection, ComesBackAtTheOtherEdge)
{
  EXPECT_EQ(advect(one_shower(), {.north = 0.0, .east = 1.0}, 30).at(10, 10), 8.0);
}

TEST(Skill, IsOneForAPerfectForecast)
{
  const auto start = one_shower();
  const auto outcome = advect(start, {.north = 1.0, .east = 0.0}, 2);
  EXPECT_EQ(skill(outcome, start, outcome), 1.0);
}

TEST(Skill, IsZeroForPersistence)
{
  const auto start = one_shower();
  const auto outcome = advect(start, {.north = 1.0, .east = 0.0}, 2);
  EXPECT_EQ(skill(start, start, outcome), 0.0);
}
