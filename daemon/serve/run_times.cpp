// Looks along the predecessors of the run's job.
#include "daemon/serve/run_times.hpp"

#include "analyzer/schedule/bound.hpp"
#include "analyzer/schedule/remaining_time.hpp"

#include <algorithm>
#include <utility>

namespace winnow::serve {
namespace {

constexpr std::uint32_t no_task = ~std::uint32_t{0};

} // namespace

RunTimes::RunTimes(schedule::Job job, const std::vector<std::uint32_t>& tests,
                   std::size_t test_count, std::int64_t added_us)
    : job_(std::move(job)),
      task_of_(test_count, no_task),
      durations_us_(tests.size(), 0),
      ended_us_(tests.size(), 0),
      added_us_(added_us)
{
  for (std::uint32_t task = 0; task < tests.size(); ++task) {
    task_of_[tests[task]] = task;
  }
}

void RunTimes::ended(std::uint32_t test, std::int64_t duration_us, std::int64_t now_us)
{
  if (const std::uint32_t task = task_of_[test]; task != no_task) {
    durations_us_[task] = duration_us;
    ended_us_[task] = now_us;
  }
}

void RunTimes::measured(std::uint32_t test, std::int64_t duration_us, std::int64_t cpu_us)
{
  const std::uint32_t task = task_of_[test];
  if (task != no_task && duration_us > 0 && job_.tasks[task].demand.cpu_is_guess) {
    job_.tasks[task].demand.cpu_milli = schedule::cpu_for_share(cpu_us * 1000 / duration_us);
  }
}

std::int64_t RunTimes::ready_us(std::uint32_t test) const
{
  std::int64_t ready = added_us_;
  if (const std::uint32_t task = task_of_[test]; task != no_task) {
    for (const schedule::Predecessor& predecessor : job_.tasks[task].predecessors) {
      ready = std::max(ready, ended_us_[predecessor.task]);
    }
  }
  return ready;
}

std::pair<std::int64_t, RunBound> RunTimes::bound(schedule::Capacity capacity,
                                                  const std::vector<RequestedTest>& tests) const
{
  schedule::Bound found = schedule::bound_of(job_, capacity, durations_us_);
  RunBound bound{
      found.by, std::move(found.lock), {}, static_cast<std::uint32_t>(found.path.size())};
  found.path.resize(std::min(found.path.size(), RunBound::most_tests));
  std::vector<std::uint32_t> test_of(job_.tasks.size());
  for (std::uint32_t test = 0; test < task_of_.size(); ++test) {
    if (task_of_[test] != no_task) {
      test_of[task_of_[test]] = test;
    }
  }
  for (const std::uint32_t task : found.path) {
    bound.tests.push_back(tests[test_of[task]].description.key.display());
  }
  return {found.us, std::move(bound)};
}

std::optional<std::int64_t>
RunTimes::remaining_us(const schedule::Capacity& capacity,
                       const std::function<std::optional<std::int64_t>(std::uint32_t)>& running_us)
{
  using schedule::TaskState;
  std::vector<schedule::TaskProgress> progress(job_.tasks.size());
  for (std::uint32_t test = 0; test < task_of_.size(); ++test) {
    const std::uint32_t task = task_of_[test];
    if (task == no_task) {
      continue;
    }
    if (ended_us_[task] != 0) {
      progress[task] = {TaskState::ended, durations_us_[task]};
    } else if (const auto since = running_us(test)) {
      progress[task] = {TaskState::running, *since};
    }
  }
  return schedule::remaining_us(job_, capacity, progress);
}

} // namespace winnow::serve
