// Properties of every schedule, over generated workloads.
#include "analyzer/schedule/simulate.hpp"
#include "tests/support/generated_workload.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;
using tests::Dice;
using tests::quantile;
using tests::Workload;

namespace {

enum class Known { yes, no };

/// Whether demanding workloads have tasks that share few units of counted kinds.
enum class Pools { none, shared };

void add_pools(Demand& demand, Dice& dice)
{
  if (dice.one_in(10)) {
    demand.pools.push_back({"pool1", static_cast<std::uint32_t>(dice.between(1, 3))});
  }
  if (dice.one_in(15)) {
    demand.pools.push_back({"machine:pool2", static_cast<std::uint32_t>(dice.between(1, 8))});
  }
  if (dice.one_in(60)) {
    demand.pools.push_back({"pool0", 1});
  }
}

/// At least twenty tasks for each cpu; every other workload has locks, serial, wide and heavy ones.
Workload generate(std::uint32_t seed, Known known, Pools pools)
{
  Dice dice(seed);
  Workload workload;
  const std::int64_t cpus = dice.between(1, 8);
  workload.capacity = {static_cast<std::uint32_t>(cpus * 1000), dice.one_in(2) ? 1000U : 0U};
  const std::int64_t count = cpus * dice.between(20, 40);
  const bool is_demanding = seed % 2 == 1;
  for (std::int64_t index = 0; index < count; ++index) {
    Task task;
    // Many short tasks, few long ones.
    const std::int64_t duration = 1000 * dice.between(1, dice.one_in(10) ? 1000 : 100);
    workload.durations_us.push_back(duration);
    if (known == Known::yes) {
      task.expected_us = duration;
    }
    if (dice.one_in(8)) {
      task.demand.cpu_milli = 100;
    }
    if (index > 0 && dice.one_in(6)) {
      task.predecessors.push_back({static_cast<std::uint32_t>(dice.between(0, index - 1)),
                                   dice.one_in(2) ? After::order : After::success});
    }
    if (is_demanding) {
      task.demand.memory_bytes = static_cast<std::uint64_t>(dice.between(0, 250));
      if (dice.one_in(20)) {
        task.demand.cpu_milli = static_cast<std::uint32_t>(1000 * dice.between(1, cpus + 1));
      }
      if (dice.one_in(12)) {
        task.demand.locks = {"lock" + std::to_string(dice.between(0, 2))};
        task.demand.locks.push_back("lock" + std::to_string(dice.between(0, 2)));
      }
      task.demand.whole_machine = dice.one_in(40);
      if (pools == Pools::shared) {
        add_pools(task.demand, dice);
      }
    }
    workload.job.tasks.push_back(std::move(task));
  }
  if (is_demanding && pools == Pools::shared) {
    workload.job.pools = {{"pool0", 1}, {"pool1", 3}, {"machine:pool2", 8}};
  }
  return workload;
}

/// Whether the tasks that have `weight` ever exceed `most` together.
template <class Weight>
bool ever_exceeds(const Simulation& simulation, std::int64_t most, Weight weight)
{
  std::map<std::int64_t, std::int64_t> change;
  for (std::size_t index = 0; index < simulation.tasks.size(); ++index) {
    change[simulation.tasks[index].started_us] += weight(index);
    change[simulation.tasks[index].ended_us] -= weight(index);
  }
  std::int64_t level = 0;
  return std::any_of(change.begin(), change.end(), [&](const auto& step) {
    level += step.second;
    return level > most;
  });
}

bool keeps_to_resources(const Workload& workload, const Simulation& simulation)
{
  const std::vector<Task>& tasks = workload.job.tasks;
  const std::int64_t cpus = workload.capacity.cpu_milli;
  const auto memory = static_cast<std::int64_t>(workload.capacity.memory_bytes);
  const auto waits = [&](std::size_t task) { return tasks[task].demand.cpu_milli <= 200; };
  const auto cpu_of = [&](std::size_t task) {
    if (tasks[task].demand.whole_machine) {
      return cpus;
    }
    return waits(task) ? 0 : std::min<std::int64_t>(tasks[task].demand.cpu_milli, cpus);
  };
  const auto waiting_of = [&](std::size_t task) -> std::int64_t {
    if (tasks[task].demand.whole_machine) {
      return cpus;
    }
    return waits(task) ? tasks[task].demand.cpu_milli : 0;
  };
  const auto memory_of = [&](std::size_t task) {
    return std::min(static_cast<std::int64_t>(tasks[task].demand.memory_bytes), memory);
  };
  bool keeps = !ever_exceeds(simulation, cpus, cpu_of) &&
               !ever_exceeds(simulation, cpus, waiting_of) &&
               (memory == 0 || !ever_exceeds(simulation, memory, memory_of));
  for (const std::string lock : {"lock0", "lock1", "lock2"}) {
    keeps = keeps && !ever_exceeds(simulation, 1, [&](std::size_t task) {
              const auto& locks = tasks[task].demand.locks;
              return std::find(locks.begin(), locks.end(), lock) != locks.end() ? 1 : 0;
            });
  }
  for (const ResourceCount& pool : workload.job.pools) {
    keeps = keeps && !ever_exceeds(simulation, pool.count, [&](std::size_t task) {
              const auto& pools = tasks[task].demand.pools;
              const auto taken = std::ranges::find(pools, pool.name, &ResourceCount::name);
              return taken == pools.end() ? std::int64_t{0} : std::int64_t{taken->count};
            });
  }
  return keeps;
}

bool keeps_to_order(const Workload& workload, const Simulation& simulation)
{
  for (std::size_t task = 0; task < workload.job.tasks.size(); ++task) {
    for (const Predecessor& predecessor : workload.job.tasks[task].predecessors) {
      if (simulation.tasks[predecessor.task].ended_us > simulation.tasks[task].started_us) {
        return false;
      }
    }
  }
  return true;
}

/// No task here asks for more than there are.
bool keeps_pools(const ResourceUse& use)
{
  return std::ranges::all_of(use.resources,
                             [](const CountedUse& pool) { return pool.used <= pool.capacity; });
}

/// Makespan ÷ bound over a thousand workloads, half of them demanding.
std::vector<double> ratios(Known known, Pools pools)
{
  std::vector<double> result;
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    const Workload workload = generate(seed, known, pools);
    const Simulation simulation = simulate(workload.job, workload.capacity, workload.durations_us);
    const std::int64_t bound =
        lower_bound_us(workload.job, workload.capacity, workload.durations_us);
    result.push_back(static_cast<double>(simulation.makespan_us) / static_cast<double>(bound));
  }
  return result;
}

struct Limits {
  double median = 0;
  double p95 = 0;
};

void check_ratios(Known known, Pools pools, const Limits& limits)
{
  const std::vector<double> found = ratios(known, pools);
  BOOST_TEST_MESSAGE((known == Known::yes ? "with history: median " : "without: median ")
                     << quantile(found, 0.5) << ", p95 " << quantile(found, 0.95) << ", most "
                     << quantile(found, 1));
  BOOST_TEST(*std::min_element(found.begin(), found.end()) >= 1.0);
  BOOST_TEST(quantile(found, 0.5) <= limits.median);
  BOOST_TEST(quantile(found, 0.95) <= limits.p95);
}

} // namespace

BOOST_AUTO_TEST_SUITE(generated_workloads)

BOOST_AUTO_TEST_CASE(resources_and_order_are_kept_and_every_task_runs)
{
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    const Workload workload = generate(seed, seed % 4 < 2 ? Known::yes : Known::no, Pools::shared);
    const Simulation simulation = simulate(workload.job, workload.capacity, workload.durations_us);
    BOOST_TEST_CONTEXT("seed " << seed)
    {
      BOOST_TEST(keeps_to_resources(workload, simulation));
      BOOST_TEST(keeps_to_order(workload, simulation));
      for (std::size_t task = 0; task < workload.job.tasks.size(); ++task) {
        // A task that never started would have ended at 0.
        BOOST_REQUIRE(simulation.tasks[task].ended_us ==
                      simulation.tasks[task].started_us + workload.durations_us[task]);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_same_workload_has_the_same_schedule)
{
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    const Workload workload = generate(seed, Known::yes, Pools::shared);
    const Simulation one = simulate(workload.job, workload.capacity, workload.durations_us);
    const Simulation two = simulate(workload.job, workload.capacity, workload.durations_us);
    BOOST_TEST(std::equal(one.tasks.begin(), one.tasks.end(), two.tasks.begin(),
                          [](const SimulatedTask& left, const SimulatedTask& right) {
                            return left.started_us == right.started_us;
                          }));
  }
}

/// The goals: with history 1.02 × the bound in the median and 1.05 at the 95th percentile, without
/// history 1.10 in the median. The limits stand just above what is measured.
BOOST_AUTO_TEST_CASE(makespans_are_near_the_bound_and_never_below)
{
  check_ratios(Known::yes, Pools::none, {.median = 1.001, .p95 = 1.03});
  check_ratios(Known::no, Pools::none, {.median = 1.09, .p95 = 1.29});
}

BOOST_AUTO_TEST_CASE(so_are_those_of_workloads_that_share_counted_kinds)
{
  check_ratios(Known::yes, Pools::shared, {.median = 1.001, .p95 = 1.035});
  check_ratios(Known::no, Pools::shared, {.median = 1.09, .p95 = 1.31});
}

/// Random events from several jobs, with failures, cancels, second attempts and changes of the
/// machine.
BOOST_AUTO_TEST_CASE(every_task_is_acted_on_once_whatever_happens)
{
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    Dice dice(seed + 7000);
    const Workload first = generate(seed, Known::yes, Pools::shared);
    Scheduler scheduler(first.capacity);
    std::vector<AddedJob> jobs = {scheduler.add(first.job)};
    std::map<std::uint32_t, int> acted_on;
    std::vector<TaskId> running;
    std::vector<TaskId> suspended;
    std::set<std::uint32_t> resumed; // which act once more
    std::size_t expected = first.job.tasks.size();
    const auto act = [&](std::optional<std::int64_t> now_us) {
      for (const Action& action : scheduler.next(now_us)) {
        acted_on[action.task.value] += resumed.erase(action.task.value) == 1 ? 0 : 1;
        if (action.kind == Action::Kind::start) {
          running.push_back(action.task);
        }
      }
    };
    std::int64_t now_us = 0;
    act(now_us);
    while (!running.empty() || !suspended.empty()) {
      now_us += 1000 * dice.between(0, 100);
      BOOST_REQUIRE(keeps_pools(scheduler.use()));
      if (!suspended.empty() && (running.empty() || dice.one_in(4))) {
        scheduler.resume(suspended.back());
        resumed.insert(suspended.back().value);
        suspended.pop_back();
        act(now_us);
        continue;
      }
      std::swap(running[static_cast<std::size_t>(
                    dice.between(0, static_cast<std::int64_t>(running.size()) - 1))],
                running.back());
      if (dice.one_in(15)) {
        scheduler.suspend(running.back());
        suspended.push_back(running.back());
        running.pop_back();
        act(now_us);
        continue;
      }
      scheduler.finish(running.back(), dice.one_in(10) ? Outcome::failed : Outcome::succeeded);
      running.pop_back();
      if (jobs.size() < 4 && dice.one_in(30)) {
        Workload another = generate(seed + 900 * static_cast<std::uint32_t>(jobs.size()), Known::no,
                                    Pools::shared);
        another.job.running_limit = static_cast<std::uint32_t>(dice.between(1, 12));
        expected += another.job.tasks.size();
        jobs.push_back(scheduler.add(another.job));
      }
      if (dice.one_in(100)) {
        for (const TaskId task : scheduler.cancel(jobs.back().job)) {
          const bool had_begun = resumed.erase(task.value) + std::erase(suspended, task) != 0;
          acted_on[task.value] += had_begun ? 0 : 1;
        }
      }
      if (dice.one_in(50)) {
        scheduler.set_capacity({static_cast<std::uint32_t>(dice.between(1, 8000)), 500});
      }
      act(dice.one_in(5) ? std::nullopt : std::optional(now_us));
    }
    BOOST_TEST_CONTEXT("seed " << seed)
    {
      BOOST_TEST(acted_on.size() == expected);
      BOOST_TEST(std::all_of(acted_on.begin(), acted_on.end(),
                             [](const auto& entry) { return entry.second == 1; }));
      BOOST_TEST(scheduler.waiting_count() == 0U);
      BOOST_TEST(scheduler.running_count() == 0U);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
