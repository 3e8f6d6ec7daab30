// Who gets which cpus.
#include "daemon/execute/cpu_pool.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow::execute;

namespace {

void check(const Cpus& found, const Cpus& expected)
{
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

} // namespace

BOOST_AUTO_TEST_SUITE(cpu_pools)

BOOST_AUTO_TEST_CASE(give_each_cpu_to_one_test_the_lowest_first)
{
  CpuPool pool({2, 3, 5});
  check(pool.take(2), {2, 3});
  check(pool.take(2), {});
  check(pool.take(1), {5});
  pool.give_back({3});
  check(pool.take(1), {3});
}

BOOST_AUTO_TEST_CASE(give_all_they_have_at_most)
{
  CpuPool pool({0, 1});
  check(pool.take(7), {0, 1});
  check(CpuPool({}).take(1), {});
}

BOOST_AUTO_TEST_CASE(have_what_this_process_may_use)
{
  BOOST_TEST(!allowed_cpus().empty());
}

BOOST_AUTO_TEST_SUITE_END()
