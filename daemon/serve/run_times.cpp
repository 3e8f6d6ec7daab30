// Looks along the predecessors of the run's job.
#include "daemon/serve/run_times.hpp"

#include "analyzer/schedule/simulate.hpp"

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

std::int64_t RunTimes::lower_bound_us(schedule::Capacity capacity) const
{
  return schedule::lower_bound_us(job_, capacity, durations_us_);
}

} // namespace winnow::serve
