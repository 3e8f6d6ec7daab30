// Longest paths, work and sums of what runs one after another.
#include "analyzer/schedule/bound.hpp"

#include "analyzer/schedule/job_limits.hpp"
#include "analyzer/schedule/task_order.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace winnow::schedule {
namespace {

constexpr std::uint32_t none = ~std::uint32_t{0};

Bound longest_path(const Job& job, std::span<const std::int64_t> durations_us)
{
  std::vector<std::int64_t> end_us(job.tasks.size(), 0);
  std::vector<std::uint32_t> before(job.tasks.size(), none);
  std::uint32_t last = none;
  for (const std::uint32_t task : topological_order(job.tasks)) {
    for (const Predecessor& predecessor : job.tasks[task].predecessors) {
      if (end_us[predecessor.task] > end_us[task]) {
        end_us[task] = end_us[predecessor.task];
        before[task] = predecessor.task;
      }
    }
    end_us[task] += durations_us[task];
    last = last == none || end_us[task] > end_us[last] ? task : last;
  }
  Bound bound;
  bound.us = last == none ? 0 : end_us[last];
  for (; last != none; last = before[last]) {
    bound.path.push_back(last);
  }
  std::ranges::reverse(bound.path);
  return bound;
}

/// The time in which `capacity` can do `work`, rounded up.
std::int64_t time_for(double work, std::int64_t capacity)
{
  const double time = work / static_cast<double>(capacity);
  const auto whole = static_cast<std::int64_t>(time);
  return static_cast<double>(whole) < time ? whole + 1 : whole;
}

Bound one_by_one(const Job& job, std::span<const std::int64_t> durations_us)
{
  std::map<std::string_view, std::int64_t> sums;
  std::int64_t serial = 0;
  for (std::size_t index = 0; index < job.tasks.size(); ++index) {
    const Demand& demand = job.tasks[index].demand;
    if (demand.whole_machine) {
      serial += durations_us[index];
      continue;
    }
    for (const std::string_view lock :
         std::set<std::string_view>(demand.locks.begin(), demand.locks.end())) {
      sums[lock] += durations_us[index];
    }
  }
  const auto longest =
      std::ranges::max_element(sums, {}, [](const auto& sum) { return sum.second; });
  if (longest == sums.end()) {
    return {serial, BoundBy::serial, "", {}};
  }
  return {serial + longest->second,
          serial > longest->second ? BoundBy::serial : BoundBy::lock,
          std::string(longest->first),
          {}};
}

/// Of the counted kind that is the scarcest; who wants more than there are has all.
Bound through_pools(const Job& job, std::span<const std::int64_t> durations_us)
{
  struct Pool {
    std::int64_t count = 1;
    double work = 0;
    std::int64_t alone_us = 0; ///< of tasks no two of which have room
  };

  std::map<std::string_view, Pool> pools;
  for (const ResourceCount& pool : job.pools) {
    pools[pool.name].count = std::max(pool.count, 1U);
  }
  std::int64_t serial_us = 0;
  for (std::size_t index = 0; index < job.tasks.size(); ++index) {
    const Demand& demand = job.tasks[index].demand;
    serial_us += demand.whole_machine ? durations_us[index] : 0;
    for (const ResourceCount& wanted : demand.pools) {
      Pool& pool = pools[wanted.name];
      const auto count =
          std::min<std::int64_t>(demand.whole_machine ? 0 : wanted.count, pool.count);
      pool.work += static_cast<double>(durations_us[index]) * static_cast<double>(count);
      pool.alone_us += count * 2 > pool.count ? durations_us[index] : 0;
    }
  }
  Bound bound;
  for (const auto& [name, pool] : pools) {
    const std::int64_t us = std::max(time_for(pool.work, pool.count), pool.alone_us);
    if (serial_us + us > bound.us && us > 0) {
      bound = {serial_us + us, BoundBy::resource, std::string(name), {}};
    }
  }
  return bound;
}

} // namespace

Bound work_bound(const Job& job, Capacity capacity, std::span<const std::int64_t> durations_us)
{
  struct Work {
    double cpu = 0;
    double memory = 0;
    double waiting = 0;
    double slots = 0;
    double job_cpu = 0;
    double job_memory = 0;
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
    work.job_memory += duration * static_cast<double>(own.memory_bytes);
  }
  Bound bound;
  const auto consider = [&](BoundBy by, double amount, std::int64_t most) {
    const std::int64_t us = most == unlimited ? 0 : time_for(amount, most);
    if (us > bound.us) {
      bound = {us, by, "", {}};
    }
  };
  consider(BoundBy::cpu, work.cpu, all.cpu_milli);
  consider(BoundBy::memory, work.memory, all.memory_bytes);
  consider(BoundBy::waiting, work.waiting, all.waiting_milli);
  consider(BoundBy::job_limit, work.slots, limits.all().slots);
  consider(BoundBy::job_limit, work.job_cpu, limits.all().cpu_milli);
  consider(BoundBy::memory, work.job_memory, limits.all().memory_bytes);
  return bound;
}

Bound bound_of(const Job& job, Capacity capacity, std::span<const std::int64_t> durations_us)
{
  Bound bound = longest_path(job, durations_us);
  for (Bound other : std::array{work_bound(job, capacity, durations_us),
                                one_by_one(job, durations_us), through_pools(job, durations_us)}) {
    if (other.us > bound.us) {
      bound = std::move(other);
    }
  }
  return bound;
}

} // namespace winnow::schedule
