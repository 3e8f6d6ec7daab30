// What a test is told of what it was granted.
#include "daemon/execute/granted_variables.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::execute;

BOOST_AUTO_TEST_SUITE(granted_variables)

BOOST_AUTO_TEST_CASE(tell_of_the_kinds_that_the_test_uses)
{
  const std::vector<CountedResource> resources{{"gpu", 8, {}, {{"GPUS", "{count}"}}, ""},
                                               {"license", 1, {}, {{"LICENSE", "yes"}}, ""}};
  StatedResources stated;
  BOOST_TEST(counted_variables(resources, stated).empty());
  stated.pools = {{"gpu", 3}};
  BOOST_TEST(counted_variables(resources, stated) == std::vector<std::string>{"GPUS=3"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(give_no_more_threads_than_cpus)
{
  struct Row {
    std::string surroundings;
    std::string expected;
  };

  for (const Row& row :
       {Row{"", "OMP_NUM_THREADS=2"}, Row{"OMP_NUM_THREADS=1", "OMP_NUM_THREADS=1"},
        Row{"OMP_NUM_THREADS=64", "OMP_NUM_THREADS=2"},
        Row{"OMP_NUM_THREADS=64,3", "OMP_NUM_THREADS=2,3"},
        Row{"OMP_NUM_THREADS=0", "OMP_NUM_THREADS=2"},
        Row{"OMP_NUM_THREADS=-1", "OMP_NUM_THREADS=2"},
        Row{"OMP_NUM_THREADS=all", "OMP_NUM_THREADS=2"},
        Row{"OMP_NUM_THREADS=99999999999", "OMP_NUM_THREADS=2"}}) {
    BOOST_TEST(thread_variable({row.surroundings}, 2) == row.expected);
  }
}

BOOST_AUTO_TEST_SUITE_END()
