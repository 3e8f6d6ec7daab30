// Which kinds there are, and what is said to tests that ask for others.
#include "daemon/client/declared_resources.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::client;

namespace {

const std::vector<CountedResource> in_settings{{"gpu", 2, {{}, 1, {}, {}}, {}, "winnow.json:4"}};

std::string fault_of(std::vector<ResourceCount> pools, std::string place)
{
  const Result<void> fits = check_statement(
      {"net", "slow"}, {.pools = std::move(pools), .stated_at = std::move(place)}, in_settings);
  return fits ? "" : fits.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(declared_kinds)

BOOST_AUTO_TEST_CASE(come_from_settings_and_from_cmake)
{
  const std::vector<CountedResource> in_cmake{
      {"license", 1, {}, {}, "a:1"}, {"gpu", 2, {}, {}, "a:2"}, {"license", 1, {}, {}, "b:1"}};
  const auto declared = declared_resources(in_settings, in_cmake);
  BOOST_REQUIRE(declared.has_value());
  BOOST_REQUIRE_EQUAL(declared->size(), 2U);
  BOOST_TEST((declared->at(0) == in_settings[0]));
  BOOST_TEST(declared->at(1).name == "license");
}

BOOST_AUTO_TEST_CASE(that_differ_are_refused_with_both_places)
{
  const std::vector<CountedResource> in_cmake{{"gpu", 3, {}, {}, "CMakeLists.txt:9"}};
  const auto declared = declared_resources(in_settings, in_cmake);
  BOOST_REQUIRE(declared.has_error());
  BOOST_TEST((declared.error().kind == ErrorKind::user));
  BOOST_TEST(declared.error().message ==
             "there are 2 of the resource gpu as winnow.json:4 has it, and 3 as CMakeLists.txt:9 "
             "has it; let both say the same");
}

BOOST_AUTO_TEST_CASE(are_all_that_tests_may_ask_for)
{
  BOOST_TEST(fault_of({{"gpu", 1}}, "CMakeLists.txt:3") == "");
  BOOST_TEST(fault_of({{"gpus", 1}}, "CMakeLists.txt:3") ==
             "net/slow (CMakeLists.txt:3) asks for 1 of the resource gpus, which is not declared; "
             "did you mean gpu? Else declare it in winnow.json under run.resources, or with "
             "winnow_test_resources(CAPACITY gpus=<count>)");
  BOOST_TEST(
      fault_of({{"license", 1}}, "")
          .starts_with(
              "net/slow asks for 1 of the resource license, which is not declared; declare it"));
  BOOST_TEST(fault_of({{"gpu", 2}}, "a:3") ==
             "net/slow (a:3) asks for 2 of the resource gpu, of which a test asks for at most 1 "
             "(winnow.json:4)");
  BOOST_TEST(fault_of({{"gpu", 3}}, "a:3") ==
             "net/slow (a:3) asks for 3 of the resource gpu, of which there are 2 (winnow.json:4)");
}

BOOST_AUTO_TEST_SUITE_END()
