// Tasks from the tests that are executed at all, and the limits of -j.
#include "daemon/serve/run_job.hpp"

#include "analyzer/schedule/tasks_from_chunks.hpp"

#include <algorithm>
#include <utility>

namespace winnow::serve {
namespace {

/// ctest without -j starts tests in their order, but for an explicit COST; Winnow longest first.
bool keeps_order(const RunRequest& request)
{
  return request.dialect == Dialect::ctest && request.jobs.value_or(1) == 1;
}

} // namespace

Result<RunJob> job_of(const RunRequest& request, const History& history)
{
  RunJob result;
  std::vector<TestDescription> tests;
  std::vector<std::uint32_t> chunks;
  for (std::uint32_t i = 0; i < request.tests.size(); ++i) {
    if (!request.tests[i].description.properties.disabled) {
      result.tests.push_back(i);
      tests.push_back(request.tests[i].description);
      chunks.push_back(request.tests[i].chunk);
    }
  }
  const History none;
  Result<schedule::Job> job = schedule::tasks_from_chunks(
      tests, chunks, keeps_order(request) ? none : history, request.project);
  if (!job) {
    return job.error();
  }
  result.job = std::move(*job);
  if (request.dialect == Dialect::ctest) {
    result.job.running_limit = std::max(request.jobs.value_or(1), 1U);
  } else if (request.jobs) {
    result.job.cpu_limit_milli = std::max(*request.jobs, 1U) * 1000;
  }
  return result;
}

} // namespace winnow::serve
