// Plays the daemon's part: starts what it is told, ends it when its time is over.
#include "analyzer/schedule/simulate.hpp"

#include "analyzer/schedule/bound.hpp"

#include <functional>
#include <queue>
#include <utility>

namespace winnow::schedule {

Simulation simulate(const Job& job, Capacity capacity, std::span<const std::int64_t> durations_us)
{
  using End = std::pair<std::int64_t, TaskId>;
  Simulation simulation{std::vector<SimulatedTask>(job.tasks.size()), 0};
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  capacity.available_bytes.reset(); // which is of this moment
  Scheduler scheduler(capacity);
  scheduler.add(job); // the first job of a scheduler: task ids are indices
  std::int64_t now_us = 0;
  for (;;) {
    for (const Action& action : scheduler.next(now_us)) {
      if (action.kind == Action::Kind::give_up) {
        simulation.tasks[action.task.value] = {now_us, now_us};
        continue;
      }
      const std::int64_t end_us = now_us + durations_us[action.task.value];
      simulation.tasks[action.task.value] = {now_us, end_us};
      ends.emplace(end_us, action.task);
    }
    if (ends.empty()) {
      simulation.makespan_us = now_us;
      return simulation;
    }
    now_us = ends.top().first;
    while (!ends.empty() && ends.top().first == now_us) {
      scheduler.finish(ends.top().second, Outcome::succeeded);
      ends.pop();
    }
  }
}

std::int64_t work_bound_us(const Job& job, Capacity capacity,
                           std::span<const std::int64_t> durations_us)
{
  return work_bound(job, capacity, durations_us).us;
}

std::int64_t lower_bound_us(const Job& job, Capacity capacity,
                            std::span<const std::int64_t> durations_us)
{
  return bound_of(job, capacity, durations_us).us;
}

} // namespace winnow::schedule
