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

BOOST_AUTO_TEST_CASE(that_states_more_memory_than_there_is_is_refused)
{
  RunRequest request;
  request.tests.resize(1);
  request.tests[0].description.key = {"", "big"};
  request.tests[0].description.stated = {.memory_bytes = 3U << 30,
                                         .stated_at = {"CMakeLists.txt:3"}};
  BOOST_TEST(job_of(request, {}, 4ULL << 30).has_value());
  BOOST_TEST(job_of(request, {}).has_value()); // nobody knows how much there is
  request.memory_limit_bytes = 2U << 30;
  const auto refused = job_of(request, {}, 4ULL << 30);
  BOOST_REQUIRE(refused.has_error());
  BOOST_TEST((refused.error().kind == ErrorKind::user));
  BOOST_TEST(refused.error().message.starts_with(
      "big states that it takes 3.0 GiB of memory (CMakeLists.txt:3), and the tests of this run "
      "may use 2.0 GiB"));
  request.dialect = Dialect::ctest;
  BOOST_TEST(job_of(request, {}, 1ULL << 30).has_value());
}

BOOST_AUTO_TEST_CASE(has_the_kinds_of_its_request)
{
  RunRequest request;
  request.tests.resize(1);
  request.tests[0].description.stated.pools = {{"license", 1}};
  request.resources = {{"license", 2, {}, {}, ""}};
  const schedule::Job job = job_of(request, {}).value().job;
  BOOST_TEST((job.pools == std::vector<ResourceCount>{{"license", 2}}));
  BOOST_TEST((job.tasks[0].demand.pools == std::vector<ResourceCount>{{"license", 1}}));
}

BOOST_AUTO_TEST_SUITE_END()
