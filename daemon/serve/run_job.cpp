// Tasks from the tests that are executed at all, and the limits of -j.
#include "daemon/serve/run_job.hpp"

#include "analyzer/schedule/serial_order.hpp"
#include "analyzer/schedule/tasks_from_chunks.hpp"
#include "analyzer/schedule/tasks_from_tests.hpp"

#include <algorithm>
#include <utility>

namespace winnow::serve {
namespace {

/// ctest without -j starts tests in an order that suites rely on; Winnow longest first.
bool keeps_order(const RunRequest& request)
{
  return request.dialect == Dialect::ctest && request.jobs.value_or(1) == 1;
}

Result<RunJob> job_in_turns(const RunRequest& request)
{
  TestRefs tests;
  for (const RequestedTest& test : request.tests) {
    tests.add(test.description);
  }
  const Result<schedule::Job> job =
      schedule::tasks_from_tests(tests, {}, request.project, schedule::SameName::first);
  if (!job) {
    return job.error();
  }
  std::vector<std::uint32_t> order = schedule::serial_order(tests);
  std::erase_if(order, [&](std::uint32_t test) { return tests[test].properties->disabled; });
  return RunJob{schedule::in_turns(*job, order), order};
}

Result<RunJob> free_job(const RunRequest& request, const History& history)
{
  RunJob result;
  TestRefs tests;
  std::vector<std::uint32_t> chunks;
  for (std::uint32_t i = 0; i < request.tests.size(); ++i) {
    if (!request.tests[i].description.properties->disabled) {
      result.tests.push_back(i);
      tests.add(request.tests[i].description);
      chunks.push_back(request.tests[i].chunk);
    }
  }
  // A run of ctest has no chunks, and knows tests by name alone.
  Result<schedule::Job> job =
      request.dialect == Dialect::ctest
          ? schedule::tasks_from_tests(tests, history, request.project, schedule::SameName::first)
          : schedule::tasks_from_chunks(tests, chunks, history, request.project);
  if (!job) {
    return job.error();
  }
  result.job = std::move(*job);
  return result;
}

} // namespace

Result<RunJob> job_of(const RunRequest& request, const History& history)
{
  Result<RunJob> result = keeps_order(request) ? job_in_turns(request) : free_job(request, history);
  if (!result) {
    return result;
  }
  result->job.paced = request.paced;
  result->job.restarts = request.rerun_for_memory && !request.paced; // a permit is for one start
  if (request.dialect == Dialect::ctest) {
    result->job.resource_spec = request.resource_spec;
    result->job.running_limit = std::max(request.jobs.value_or(1), 1U);
  } else if (request.jobs) {
    result->job.cpu_limit_milli = schedule::milli_of(*request.jobs);
  }
  return result;
}

} // namespace winnow::serve
