// Tasks from the tests that are executed at all, and the limits of -j.
#include "daemon/serve/run_job.hpp"

#include "analyzer/report/quantity_text.hpp"
#include "analyzer/schedule/serial_order.hpp"
#include "analyzer/schedule/tasks_from_chunks.hpp"
#include "analyzer/schedule/tasks_from_tests.hpp"

#include <fmt/format.h>

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

/// One beyond the machine would not end there; under ctest, which knows no memory, it is run alone.
Result<void> check_memory(const RunRequest& request, std::uint64_t there_is)
{
  const std::uint64_t limit = std::min(request.memory_limit_bytes.value_or(there_is), there_is);
  if (there_is == 0 || request.dialect == Dialect::ctest) {
    return {};
  }
  for (const RequestedTest& test : request.tests) {
    const StatedResources& stated = test.description.stated;
    if (stated.memory_bytes.value_or(0) > limit && !test.description.properties->disabled) {
      return user_error(fmt::format(
          "{} states that it takes {} of memory{}, and the tests of this run may use {}; leave it "
          "out, correct the statement, or give more",
          test.description.key.display(), report::bytes_text(*stated.memory_bytes),
          stated.stated_at->empty() ? "" : fmt::format(" ({})", *stated.stated_at),
          report::bytes_text(limit)));
    }
  }
  return {};
}

} // namespace

Result<RunJob> job_of(const RunRequest& request, const History& history, std::uint64_t memory_bytes)
{
  if (const Result<void> possible = check_memory(request, memory_bytes); !possible) {
    return possible.error();
  }
  Result<RunJob> result = keeps_order(request) ? job_in_turns(request) : free_job(request, history);
  if (!result) {
    return result;
  }
  result->job.paced = request.paced;
  result->job.resource_spec = request.resource_spec;
  result->job.memory_limit_bytes = request.memory_limit_bytes;
  result->job.pools = schedule::capacities_of(request.resources);
  result->job.restarts = request.rerun_for_memory;
  if (request.dialect == Dialect::ctest) {
    result->job.running_limit = std::max(request.jobs.value_or(1), 1U);
  } else if (request.jobs) {
    result->job.cpu_limit_milli = schedule::milli_of(*request.jobs);
  }
  return result;
}

} // namespace winnow::serve
