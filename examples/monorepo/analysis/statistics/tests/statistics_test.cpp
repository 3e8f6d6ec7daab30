#define BOOST_TEST_MODULE statistics
#include <boost/test/unit_test.hpp>

#include <vector>

#include "statistics/statistics.hpp"

using namespace isobar;

BOOST_AUTO_TEST_CASE(mean_and_deviation_of_known_values)
{
  const std::vector<double> values{2, 4, 4, 4, 5, 5, 7, 9};
  BOOST_TEST(mean(values) == 5.0);
  BOOST_TEST(standard_deviation(values) == 2.138, boost::test_tools::tolerance(0.001));
}

BOOST_AUTO_TEST_CASE(a_single_value_does_not_deviate)
{
  const std::vector<double> values{3.5};
  BOOST_TEST(standard_deviation(values) == 0.0);
  BOOST_TEST(percentile(values, 0.9) == 3.5);
  BOOST_TEST(trend(values) == 0.0);
}

BOOST_AUTO_TEST_CASE(percentiles_lie_between_ranks)
{
  const std::vector<double> values{40, 10, 30, 20};
  BOOST_TEST(percentile(values, 0.0) == 10.0);
  BOOST_TEST(percentile(values, 0.5) == 25.0);
  BOOST_TEST(percentile(values, 1.0) == 40.0);
}

BOOST_AUTO_TEST_CASE(trend_is_the_slope_per_step)
{
  const std::vector<double> values{1.0, 1.5, 2.0, 2.5};
  BOOST_TEST(trend(values) == 0.5);
}
