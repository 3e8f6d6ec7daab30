// The limits that -j sets.
#include "daemon/serve/run_job.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>

using namespace winnow;
using namespace winnow::serve;

namespace {

schedule::Job limited(Dialect dialect, std::uint32_t jobs)
{
  RunRequest request;
  request.tests.resize(1);
  request.dialect = dialect;
  request.jobs = jobs;
  return job_of(request, {}).value().job;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_job_of_a_run)

BOOST_AUTO_TEST_CASE(is_limited_by_cpus_and_under_ctest_by_tests)
{
  BOOST_TEST(limited(Dialect::winnow, 3).cpu_limit_milli.value() == 3000U);
  BOOST_TEST(limited(Dialect::winnow, 0).cpu_limit_milli.value() == 1000U);
  BOOST_TEST(limited(Dialect::ctest, 3).running_limit.value() == 3U);
  BOOST_TEST(limited(Dialect::ctest, 0).running_limit.value() == 1U);
}

BOOST_AUTO_TEST_CASE(may_have_more_cpus_than_can_be_counted)
{
  for (const std::uint32_t jobs : {4'294'967U, 4'294'968U, 4'294'967'295U}) {
    BOOST_TEST(limited(Dialect::winnow, jobs).cpu_limit_milli.value() == 4'294'967'000U);
  }
}

BOOST_AUTO_TEST_SUITE_END()
