// Simulates what the daemon would do.
#include "analyzer/split/prediction.hpp"

#include "analyzer/schedule/simulate.hpp"
#include "analyzer/schedule/tasks_from_chunks.hpp"
#include "analyzer/schedule/tasks_from_tests.hpp"
#include "analyzer/split/durations.hpp"

#include <algorithm>
#include <utility>

namespace winnow::split {
namespace {

std::map<std::uint32_t, double> times_of_chunks(const std::vector<schedule::SimulatedTask>& tasks,
                                                const std::vector<std::uint32_t>& chunk_of)
{
  std::map<std::uint32_t, schedule::SimulatedTask> spans;
  for (std::size_t task = 0; task < tasks.size(); ++task) {
    const auto [span, is_new] = spans.try_emplace(chunk_of[task], tasks[task]);
    if (!is_new) {
      span->second.started_us = std::min(span->second.started_us, tasks[task].started_us);
      span->second.ended_us = std::max(span->second.ended_us, tasks[task].ended_us);
    }
  }
  std::map<std::uint32_t, double> times_s;
  for (const auto& [chunk, span] : spans) {
    times_s[chunk] = static_cast<double>(span.ended_us - span.started_us) / 1e6;
  }
  return times_s;
}

} // namespace

Result<Prediction> predict(const RunRequest& request, const History& history,
                           schedule::Capacity machine, std::span<const TestDescription> siblings)
{
  Prediction prediction;
  TestRefs tests;
  std::vector<std::uint32_t> chunk_of;
  for (const RequestedTest& test : request.tests) {
    if (!test.description.properties->disabled) {
      tests.add(test.description);
      chunk_of.push_back(test.chunk);
      prediction.unmeasured += is_measured(test.description, history) ? 0 : 1;
    }
  }
  Result<schedule::Job> job =
      schedule::tasks_from_chunks(tests, chunk_of, history, request.project);
  if (job.has_error()) {
    return job.error();
  }
  if (request.jobs) {
    job->cpu_limit_milli = schedule::milli_of(*request.jobs);
  }
  job->memory_limit_bytes = request.memory_limit_bytes;
  job->pools = schedule::capacities_of(request.resources);
  const std::vector<std::int64_t> durations_us = expected_durations_us(tests, history, siblings);
  for (std::size_t task = 0; task < tests.size(); ++task) {
    job->tasks[task].expected_us = durations_us[task];
  }
  const schedule::Simulation simulation = schedule::simulate(*job, machine, durations_us);
  prediction.seconds = static_cast<double>(simulation.makespan_us) / 1e6;
  prediction.chunks_s = times_of_chunks(simulation.tasks, chunk_of);
  return prediction;
}

} // namespace winnow::split
