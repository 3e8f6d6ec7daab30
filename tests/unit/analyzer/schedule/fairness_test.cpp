// Nothing waits for ever beside others that keep coming, and jobs share the machine.
#include "tests/support/generated_workload.hpp"
#include "tests/support/simulated_machine.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

using namespace winnow::schedule;
using winnow::tests::Dice;
using winnow::tests::SimulatedMachine;

namespace {

constexpr std::int64_t ms = 1000;
const Capacity four_cpus{.cpu_milli = 4000, .memory_bytes = 100, .available_bytes = {}};

Demand with_locks(std::vector<std::string> locks)
{
  Demand demand;
  demand.locks = std::move(locks);
  return demand;
}

Task task_of(const Demand& demand, std::int64_t duration_us, bool is_known)
{
  Task task;
  task.demand = demand;
  if (is_known) {
    task.expected_us = duration_us;
  }
  return task;
}

/// When a task starts that comes while others, each of a job of its own, come without end: of every
/// stream three wait or run at any time. A quarter of a minute is taken for never.
std::int64_t start_beside_streams_ms(const Demand& demand, const std::vector<Demand>& streams,
                                     bool is_known)
{
  Dice dice(1);
  SimulatedMachine machine(four_cpus);
  std::map<TaskId, std::size_t> stream_of;
  const auto add = [&](std::size_t stream) {
    const std::int64_t duration_us = dice.between(50, 150) * ms;
    const Task task = task_of(streams[stream], duration_us, is_known);
    const AddedJob added = machine.add({.lock_scope = "project", .tasks = {task}}, {duration_us});
    stream_of[added.tasks.front()] = stream;
  };
  for (std::size_t stream = 0; stream < streams.size(); ++stream) {
    for (int count = 0; count < 3; ++count) {
      add(stream);
    }
  }
  machine.step();
  const Task task = task_of(demand, 20 * ms, is_known);
  const TaskId waits =
      machine.add({.lock_scope = "project", .tasks = {task}}, {20 * ms}).tasks.front();
  while (!machine.started_us(waits) && machine.now_us() < 15'000 * ms) {
    const std::optional<TaskId> ended = machine.step();
    BOOST_REQUIRE(ended.has_value());
    if (*ended != waits) {
      add(stream_of.at(*ended));
    }
  }
  return machine.started_us(waits).value_or(15'000 * ms) / ms;
}

} // namespace

BOOST_AUTO_TEST_SUITE(starvation)

BOOST_AUTO_TEST_CASE(nothing_waits_for_ever_beside_tasks_that_keep_coming)
{
  struct Row {
    std::string name;
    Demand demand;
    std::vector<Demand> streams;
  };

  const Demand plain;
  const Demand heavy{.cpu_milli = 1000, .memory_bytes = 90};
  const Demand light{.cpu_milli = 1000, .memory_bytes = 20};
  const std::vector<Row> rows = {
      {"serial", {.whole_machine = true}, {plain, plain, plain}},
      {"wide", {.cpu_milli = 3000}, {plain, plain, plain}},
      {"heavy", heavy, {light, light, light}},
      {"one lock", with_locks({"a"}), {with_locks({"a"}), plain}},
      {"one lock, and all others want it",
       with_locks({"a"}),
       {with_locks({"a"}), with_locks({"a"}), with_locks({"a"})}},
      {"two locks", with_locks({"a", "b"}), {with_locks({"a"}), with_locks({"b"})}},
      {"two locks beside pairs",
       with_locks({"a", "c"}),
       {with_locks({"a", "b"}), with_locks({"b", "c"}), plain}},
      {"three locks",
       with_locks({"a", "b", "c"}),
       {with_locks({"a"}), with_locks({"b"}), with_locks({"c"})}},
  };
  for (const Row& row : rows) {
    for (const bool is_known : {true, false}) {
      BOOST_TEST_CONTEXT(row.name << (is_known ? "" : ", unknown"))
      {
        const std::int64_t start_ms = start_beside_streams_ms(row.demand, row.streams, is_known);
        BOOST_TEST_MESSAGE(row.name << (is_known ? "" : ", unknown") << ": " << start_ms << " ms");
        BOOST_TEST(start_ms < 5'000);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(jobs_beside_each_other)

BOOST_AUTO_TEST_CASE(equal_jobs_end_at_the_same_time)
{
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    Dice dice(seed);
    SimulatedMachine machine(four_cpus);
    std::vector<std::int64_t> durations_us;
    Job job{.lock_scope = "project", .tasks = {}};
    for (int index = 0; index < 100; ++index) {
      durations_us.push_back(dice.between(1, 100) * ms);
      job.tasks.push_back(task_of({}, durations_us.back(), dice.one_in(2)));
    }
    std::map<TaskId, std::size_t> job_of;
    for (std::size_t number = 0; number < 2; ++number) {
      for (const TaskId task : machine.add(job, durations_us).tasks) {
        job_of[task] = number;
      }
    }
    std::int64_t ends_us[2] = {0, 0};
    while (const std::optional<TaskId> ended = machine.step()) {
      ends_us[job_of.at(*ended)] = machine.now_us();
    }
    const auto [first, last] = std::minmax(ends_us[0], ends_us[1]);
    BOOST_TEST(first * 10 >= last * 9);
  }
}

BOOST_AUTO_TEST_CASE(a_small_job_does_not_wait_behind_a_large_one)
{
  SimulatedMachine machine(four_cpus);
  const std::vector<std::int64_t> long_us(400, 100 * ms);
  const Job large{.lock_scope = "large",
                  .tasks = std::vector<Task>(400, task_of({}, 100 * ms, true))};
  machine.add(large, long_us);
  machine.step();
  // Two cpus are its fair share: ten tests of 20 ms take 100 ms there, once one is given back.
  const Job small{.lock_scope = "small",
                  .tasks = std::vector<Task>(10, task_of({}, 20 * ms, true))};
  const std::vector<TaskId> tasks =
      machine.add(small, std::vector<std::int64_t>(10, 20 * ms)).tasks;
  const std::int64_t came_us = machine.now_us();
  while (!std::ranges::all_of(tasks,
                              [&](TaskId task) { return machine.started_us(task).has_value(); })) {
    BOOST_REQUIRE(machine.step().has_value());
  }
  BOOST_TEST(machine.now_us() - came_us <= 200 * ms);
}

BOOST_AUTO_TEST_SUITE_END()
