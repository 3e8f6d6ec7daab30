// Plays the daemon's part: starts what it is told, ends it when its time is over.
#include "analyzer/schedule/simulate.hpp"

#include "analyzer/schedule/job_limits.hpp"
#include "analyzer/schedule/task_order.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <set>
#include <string_view>
#include <utility>

namespace winnow::schedule {
namespace {

std::int64_t longest_path_us(const Job& job, std::span<const std::int64_t> durations_us)
{
  std::vector<std::int64_t> end(job.tasks.size(), 0);
  std::int64_t longest = 0;
  for (const std::uint32_t task : topological_order(job.tasks)) {
    for (const Predecessor& predecessor : job.tasks[task].predecessors) {
      end[task] = std::max(end[task], end[predecessor.task]);
    }
    end[task] += durations_us[task];
    longest = std::max(longest, end[task]);
  }
  return longest;
}

/// The time in which `capacity` can do `work`, rounded up.
std::int64_t time_for(double work, std::int64_t capacity)
{
  const double time = work / static_cast<double>(capacity);
  const auto whole = static_cast<std::int64_t>(time);
  return static_cast<double>(whole) < time ? whole + 1 : whole;
}

std::int64_t longest_lock_us(const Job& job, std::span<const std::int64_t> durations_us)
{
  std::map<std::string_view, std::int64_t> sums;
  std::int64_t serial = 0;
  std::int64_t longest = 0;
  for (std::size_t index = 0; index < job.tasks.size(); ++index) {
    const Demand& demand = job.tasks[index].demand;
    if (demand.whole_machine) {
      serial += durations_us[index];
      continue;
    }
    for (const std::string_view lock :
         std::set<std::string_view>(demand.locks.begin(), demand.locks.end())) {
      longest = std::max(longest, sums[lock] += durations_us[index]);
    }
  }
  return serial + longest;
}

} // namespace

Simulation simulate(const Job& job, Capacity capacity, std::span<const std::int64_t> durations_us)
{
  using End = std::pair<std::int64_t, TaskId>;
  Simulation simulation{std::vector<SimulatedTask>(job.tasks.size()), 0};
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  Scheduler scheduler(capacity);
  scheduler.add(job); // the first job of a scheduler: task ids are indices
  std::int64_t now_us = 0;
  for (;;) {
    for (const Action& action : scheduler.next(now_us)) {
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
  struct Work {
    double cpu = 0;
    double memory = 0;
    double waiting = 0;
    double slots = 0;
    double job_cpu = 0;
  } work;

  const JobLimits limits(job);
  const Amount all = amount_of(capacity);
  for (std::size_t index = 0; index < job.tasks.size(); ++index) {
    const Shape shape = shape_of(job.tasks[index].demand);
    const auto duration = static_cast<double>(durations_us[index]);
    const Amount machine = shape.whole_machine ? all : limits.of_machine(shape, capacity);
    const Amount own = shape.whole_machine ? limits.all() : limits.of_job(shape);
    work.cpu += duration * static_cast<double>(machine.cpu_milli);
    work.memory += duration * static_cast<double>(machine.memory_bytes);
    work.waiting += duration * static_cast<double>(machine.waiting_milli);
    work.slots += duration * static_cast<double>(own.slots);
    work.job_cpu += duration * static_cast<double>(own.cpu_milli);
  }
  std::int64_t bound =
      std::max({time_for(work.cpu, all.cpu_milli), time_for(work.memory, all.memory_bytes),
                time_for(work.waiting, all.waiting_milli)});
  if (limits.all().slots != unlimited) {
    bound = std::max(bound, time_for(work.slots, limits.all().slots));
  }
  if (limits.all().cpu_milli != unlimited) {
    bound = std::max(bound, time_for(work.job_cpu, limits.all().cpu_milli));
  }
  return bound;
}

std::int64_t lower_bound_us(const Job& job, Capacity capacity,
                            std::span<const std::int64_t> durations_us)
{
  return std::max({longest_path_us(job, durations_us), work_bound_us(job, capacity, durations_us),
                   longest_lock_us(job, durations_us)});
}

} // namespace winnow::schedule
