// What several calls of winnow_test_resources() say, test by test.
#include "analyzer/ingest/read_tests.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace winnow;
using namespace winnow::ingest;

BOOST_AUTO_TEST_SUITE(statements_of_cmake_files)

BOOST_AUTO_TEST_CASE(add_up_and_the_last_counts)
{
  TestListing listing;
  listing.tests.resize(2);
  listing.tests[0].key = {"", "a"};
  listing.tests[1].key = {"", "b"};
  Export exported;
  exported.resources = {
      {{"a", "b"}, "/s", {500, 100, {{"gpu", 1}, {"license", 1}}, {"/s/CMakeLists.txt:3"}}, {}},
      {{"a", "gone"}, "/s", {{}, 200, {{"gpu", 2}}, {"/s/net/CMakeLists.txt"}}, {{"gpu", 4}}}};
  state_resources(exported, {"/s", "/b"}, listing);
  const StatedResources of_a{
      500, 200, {{"gpu", 2}, {"license", 1}}, {"CMakeLists.txt:3, net/CMakeLists.txt"}};
  BOOST_TEST((listing.tests[0].stated == of_a));
  const StatedResources of_b{500, 100, {{"gpu", 1}, {"license", 1}}, {"CMakeLists.txt:3"}};
  BOOST_TEST((listing.tests[1].stated == of_b));
  BOOST_REQUIRE_EQUAL(listing.resources.size(), 1U);
  const CountedResource gpu{"gpu", 4, {}, {}, "net/CMakeLists.txt"};
  BOOST_TEST((listing.resources[0] == gpu));
}

BOOST_AUTO_TEST_SUITE_END()
