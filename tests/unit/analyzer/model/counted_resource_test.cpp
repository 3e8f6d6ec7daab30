// What of a declared kind a test may ask for, and what it is told.
#include "analyzer/model/counted_resource.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;

BOOST_AUTO_TEST_SUITE(counted_resources)

BOOST_AUTO_TEST_CASE(refuse_counts_that_do_not_fit)
{
  const CountedResource gpu{"gpu", 8, {2, 6, 2, {2, 6, 7}}, {}, ""};
  BOOST_TEST(misfit(gpu, 2) == "");
  BOOST_TEST(misfit(gpu, 9) == "there are 8");
  BOOST_TEST(misfit(gpu, 1) == "a test asks for at least 2");
  BOOST_TEST(misfit(gpu, 8) == "a test asks for at most 6");
  BOOST_TEST(misfit(gpu, 3) == "a test asks for a multiple of 2");
  BOOST_TEST(misfit(gpu, 4) == "a test asks for one of 2, 6, 7");
  BOOST_TEST(misfit({"none", 0, {}, {}, ""}, 1) == "there are 0");
}

BOOST_AUTO_TEST_CASE(tell_how_many_a_test_has)
{
  const CountedResource gpu{
      "gpu", 8, {}, {{"A", "{count}/{count}"}, {"B", "{counts} {"}, {"C", ""}}, ""};
  const std::vector<std::string> expected{"A=3/3", "B={counts} {", "C="};
  BOOST_TEST(told_environment(gpu, 3) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
