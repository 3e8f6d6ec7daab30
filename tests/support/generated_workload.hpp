// Jobs with the durations of their tasks, by a seed.
#pragma once

#include "analyzer/schedule/scheduler.hpp"
#include "tests/support/dice.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace winnow::tests {

struct Workload {
  schedule::Job job;
  schedule::Capacity capacity;
  std::vector<std::int64_t> durations_us;
};

/// Of a small job: few whole cpus, short whole milliseconds; a demanding one has wide, heavy and
/// serial tasks, and such that share locks.
inline Workload small_workload(std::uint32_t seed, bool is_demanding)
{
  Dice dice(seed);
  Workload workload;
  const std::int64_t cpus = dice.between(2, 4);
  workload.capacity = {.cpu_milli = static_cast<std::uint32_t>(cpus * 1000), .memory_bytes = 100};
  const std::int64_t count = dice.between(4, 7);
  for (std::int64_t index = 0; index < count; ++index) {
    schedule::Task task;
    workload.durations_us.push_back(1000 * dice.between(1, 9));
    task.expected_us = workload.durations_us.back();
    if (index > 0 && dice.one_in(3)) {
      task.predecessors.push_back({static_cast<std::uint32_t>(dice.between(0, index - 1))});
    }
    if (is_demanding) {
      task.demand.memory_bytes = static_cast<std::uint64_t>(dice.between(0, 50));
      task.demand.whole_machine = dice.one_in(10);
      if (dice.one_in(4)) {
        task.demand.cpu_milli = static_cast<std::uint32_t>(1000 * dice.between(1, cpus));
      }
      if (dice.one_in(3)) {
        task.demand.locks = {"lock" + std::to_string(dice.between(0, 1))};
      }
      if (dice.one_in(8)) {
        task.demand.locks = {"lock0", "lock1"};
      }
    }
    workload.job.tasks.push_back(std::move(task));
  }
  return workload;
}

/// As ctest would run it with -j of the machine's cpus: nothing that ctest knows nothing of. Twenty
/// to forty tasks for each cpu, many short and few long.
inline Workload ctest_workload(std::uint32_t seed, bool is_demanding)
{
  Dice dice(seed);
  Workload workload;
  const std::int64_t cpus = dice.between(2, 8);
  workload.capacity.cpu_milli = static_cast<std::uint32_t>(cpus * 1000);
  workload.job.running_limit = static_cast<std::uint32_t>(cpus);
  const std::int64_t count = cpus * dice.between(20, 40);
  for (std::int64_t index = 0; index < count; ++index) {
    schedule::Task task;
    workload.durations_us.push_back(1000 * dice.between(1, dice.one_in(10) ? 1000 : 100));
    task.expected_us = workload.durations_us.back();
    if (index > 0 && dice.one_in(6)) {
      task.predecessors.push_back({static_cast<std::uint32_t>(dice.between(0, index - 1))});
    }
    if (is_demanding) {
      task.demand.whole_machine = dice.one_in(40);
      if (dice.one_in(20)) {
        task.demand.cpu_milli = static_cast<std::uint32_t>(1000 * dice.between(1, cpus));
      }
      if (dice.one_in(12)) {
        task.demand.locks = {"lock" + std::to_string(dice.between(0, 2))};
      }
    }
    workload.job.tasks.push_back(std::move(task));
  }
  return workload;
}

inline double quantile(std::vector<double> values, double share)
{
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(values.size() - 1) * share);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

} // namespace winnow::tests
