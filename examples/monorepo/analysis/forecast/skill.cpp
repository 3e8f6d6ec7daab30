#include "forecast/skill.hpp"

#include <vector>

#include "statistics/statistics.hpp"

namespace isobar {

namespace {

double mean_square_error(const Grid<double>& left, const Grid<double>& right)
{
  std::vector<double> squares;
  for (std::size_t i = 0; i < left.values().size(); ++i) {
    const double error = left.values()[i] - right.values()[i];
    squares.push_back(error * error);
  }
  return mean(squares);
}

} // namespace

double skill(const Grid<double>& forecast, const Grid<double>& start, const Grid<double>& outcome)
{
  const double reference = mean_square_error(start, outcome);
  const double error = mean_square_error(forecast, outcome);
  if (reference == 0.0) {
    return error == 0.0 ? 1.0 : 0.0;
  }
  return 1.0 - error / reference;
}

} // namespace isobar
