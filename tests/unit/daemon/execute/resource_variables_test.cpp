// The variables that tell a test which slots are its own, as ctest 3.25 sets them.
#include "daemon/execute/resource_variables.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::execute;

namespace {

using Strings = std::vector<std::string>;

Strings with(Strings environment, const std::optional<ResourceAllocation>& allocation)
{
  set_resource_variables(environment, allocation);
  return environment;
}

} // namespace

BOOST_AUTO_TEST_SUITE(resource_variables)

BOOST_AUTO_TEST_CASE(tell_kinds_ids_and_slots_of_each_group)
{
  const ResourceAllocation allocation{
      {{"gpus", "0", 2}}, {}, {{"crypto_chips", "card0", 2}, {"gpus", "1", 4}, {"gpus", "3", 1}}};
  const Strings expected{"A=1",
                         "CTEST_RESOURCE_GROUP_0=gpus",
                         "CTEST_RESOURCE_GROUP_0_GPUS=id:0,slots:2",
                         "CTEST_RESOURCE_GROUP_1=",
                         "CTEST_RESOURCE_GROUP_2=crypto_chips,gpus",
                         "CTEST_RESOURCE_GROUP_2_CRYPTO_CHIPS=id:card0,slots:2",
                         "CTEST_RESOURCE_GROUP_2_GPUS=id:1,slots:4;id:3,slots:1",
                         "CTEST_RESOURCE_GROUP_COUNT=3"};
  BOOST_TEST(with({"A=1"}, allocation) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(replace_what_was_there)
{
  const Strings before{"CTEST_RESOURCE_GROUP_COUNT=7", "CTEST_RESOURCE_GROUP_0=x",
                       "CTEST_RESOURCE_GROUP_1=y"};
  const Strings none{"CTEST_RESOURCE_GROUP_0=x", "CTEST_RESOURCE_GROUP_1=y"};
  BOOST_TEST(with(before, std::nullopt) == none, boost::test_tools::per_element());
  const Strings one{"CTEST_RESOURCE_GROUP_1=y",
                    "CTEST_RESOURCE_GROUP_0=", "CTEST_RESOURCE_GROUP_COUNT=1"};
  BOOST_TEST(with(before, ResourceAllocation(1)) == one, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_groups_are_a_count_alone)
{
  const Strings count{"CTEST_RESOURCE_GROUP_COUNT=0"};
  BOOST_TEST(with({}, ResourceAllocation()) == count, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
