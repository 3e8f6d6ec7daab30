// Properties and history become demands, durations and predecessors.
#include "analyzer/schedule/tasks_from_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace winnow::schedule {
namespace {

/// Shorter runs say little: starting a process alone takes cpu time.
constexpr std::int64_t telling_duration_us = 100'000;

void set_cpu_demand(Demand& demand, const TestDescription& test, const TestHistory* past)
{
  demand.cpu_milli = test.stated.cpu_milli.value_or(milli_of(test.properties->processors));
  if (test.stated.cpu_milli || test.properties->processors > 1) {
    return;
  }
  if (past == nullptr || past->cpu_us <= 0) {
    demand.cpu_is_guess = true;
  } else if (past->duration_us >= telling_duration_us) {
    demand.cpu_milli = cpu_for_share(past->cpu_us * 1000 / past->duration_us);
  }
}

/// What a test had that has never passed, it needs at least.
void set_memory_demand(Demand& demand, const TestDescription& test, const TestHistory* past)
{
  if (test.stated.memory_bytes) {
    demand.memory_bytes = *test.stated.memory_bytes;
  } else if (past != nullptr && past->peak_memory_bytes > 0) {
    demand.memory_bytes = memory_for_peak(past->peak_memory_bytes);
  } else {
    demand.memory_is_guess = true;
  }
}

std::int32_t priority_of(double cost)
{
  constexpr double most = 2e9;
  return std::isnan(cost) ? 0 : static_cast<std::int32_t>(std::clamp(cost * 1000, -most, most));
}

void set_duration(Task& task, const TestHistory& past)
{
  switch (kind_of_duration(past)) {
  case DurationKind::unknown:
    break;
  case DurationKind::measured:
  case DurationKind::of_failure:
    task.expected_us = past.duration_us;
    break;
  case DurationKind::at_least:
    task.at_least_us = past.duration_us;
  }
}

Task task_of(const TestDescription& test, const TestHistory* past)
{
  Task task;
  set_memory_demand(task.demand, test, past);
  if (past != nullptr) {
    set_duration(task, *past);
  }
  past = past != nullptr && past->attempts > 0 ? past : nullptr;
  set_cpu_demand(task.demand, test, past);
  task.demand.locks = test.properties->resource_locks;
  task.demand.whole_machine = test.properties->run_serial;
  task.demand.pools = test.stated.pools;
  task.demand.resource_groups = test.properties->resource_groups;
  task.priority = priority_of(test.properties->cost);
  task.restarts =
      test.properties->fixtures_setup.empty() && test.properties->fixtures_cleanup.empty();
  return task;
}

void add_predecessors(Job& job, const TestOrder& order)
{
  const auto add = [&](std::uint32_t task, std::uint32_t predecessor, After after) {
    if (task != predecessor) {
      job.tasks[task].predecessors.push_back({predecessor, after});
    }
  };
  for (std::uint32_t task = 0; task < job.tasks.size(); ++task) {
    for (const std::uint32_t earlier : order.depends[task]) {
      job.tasks[task].predecessors.push_back({earlier, After::order});
    }
  }
  for (const Fixture& fixture : order.fixtures) {
    for (const std::uint32_t setup : fixture.setups) {
      for (const std::uint32_t user : fixture.users) {
        add(user, setup, After::success);
      }
    }
    for (const std::uint32_t cleanup : fixture.cleanups) {
      for (const std::uint32_t user : fixture.users) {
        add(cleanup, user, After::order);
      }
      for (const std::uint32_t setup : fixture.setups) {
        add(cleanup, setup, After::order);
      }
    }
  }
}

Error cycle_error(const TestRefs& tests, const std::vector<std::uint32_t>& cycle)
{
  std::string names;
  for (const std::uint32_t test : cycle) {
    names += (names.empty() ? "" : ", ") + tests[test].key.display();
  }
  return user_error(
      fmt::format("these tests wait for each other in a circle: {}; remove one of their "
                  "DEPENDS or FIXTURES_* properties",
                  names));
}

} // namespace

Result<Job> tasks_from_tests(const TestRefs& tests, const History& history, std::string lock_scope,
                             SameName same_name)
{
  Job job;
  job.lock_scope = std::move(lock_scope);
  job.tasks.reserve(tests.size());
  for (const TestDescription& test : tests) {
    const auto past = history.find(test.key);
    job.tasks.push_back(task_of(test, past != history.end() ? &past->second : nullptr));
  }
  add_predecessors(job, order_of(tests, same_name));
  const std::vector<std::uint32_t> cycle = find_cycle(job.tasks);
  if (!cycle.empty()) {
    return cycle_error(tests, cycle);
  }
  return job;
}

std::vector<ResourceCount> capacities_of(std::span<const CountedResource> resources)
{
  std::vector<ResourceCount> capacities;
  for (const CountedResource& resource : resources) {
    capacities.push_back({resource.name, resource.capacity});
  }
  return capacities;
}

} // namespace winnow::schedule
