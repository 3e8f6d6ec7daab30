// What tasks are said to have waited for, and what they wait for now.
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

Task task_of(std::uint32_t cpu_milli = 1000)
{
  Task task;
  task.demand.cpu_milli = cpu_milli;
  task.expected_us = 1000;
  return task;
}

/// A scheduler with one job, and what each task was said to have waited for when it started.
struct Machine {
  explicit Machine(Job job, Capacity capacity = {.cpu_milli = 1000}) : scheduler(capacity)
  {
    added = scheduler.add(std::move(job));
  }

  /// Starts what can be started at this time.
  void at(std::int64_t now_us)
  {
    for (const Action& action : scheduler.next(now_us)) {
      waited[action.task.value] = action.waited;
    }
  }

  void finish(std::uint32_t task) { scheduler.finish(added.tasks[task], Outcome::succeeded); }

  std::int64_t us(std::uint32_t task, WaitCause cause) const
  {
    const auto parts = waited.find(task);
    BOOST_REQUIRE(parts != waited.end());
    std::int64_t sum = 0;
    for (const Waited& part : parts->second) {
      sum += part.cause == cause ? part.us : 0;
    }
    return sum;
  }

  std::int64_t all_us(std::uint32_t task) const
  {
    std::int64_t sum = 0;
    for (const Waited& part : waited.at(task)) {
      sum += part.us;
    }
    return sum;
  }

  std::map<std::string, std::uint32_t> now() const
  {
    std::map<std::string, std::uint32_t> counts;
    for (const WaitingTasks& group : scheduler.waiting(added.job)) {
      counts[std::string(name_of(group.cause))] += group.count;
    }
    return counts;
  }

  Scheduler scheduler;
  AddedJob added;
  std::map<std::uint32_t, std::vector<Waited>> waited;
};

using Counts = std::map<std::string, std::uint32_t>;

} // namespace

BOOST_AUTO_TEST_SUITE(waiting_tasks)

BOOST_AUTO_TEST_CASE(who_starts_at_once_waited_for_nothing)
{
  Machine machine({.tasks = {task_of()}});
  machine.at(5);
  BOOST_TEST(machine.waited.at(0).empty());
  BOOST_TEST(machine.now().empty());
}

BOOST_AUTO_TEST_CASE(a_cpu_is_waited_for_until_it_is_free)
{
  Machine machine({.tasks = {task_of(), task_of(), task_of()}});
  machine.at(0);
  BOOST_TEST((machine.now() == Counts{{"cpu", 2}}));
  machine.finish(0);
  machine.at(100);
  machine.finish(1);
  machine.at(250);
  BOOST_TEST(machine.us(1, WaitCause::cpu) == 100);
  BOOST_TEST(machine.us(2, WaitCause::cpu) == 250);
  BOOST_TEST(machine.all_us(2) == 250);
}

BOOST_AUTO_TEST_CASE(the_predecessor_that_ended_last_is_named)
{
  Task last = task_of();
  last.predecessors = {{0, After::order}, {1, After::success}};
  Machine machine({.tasks = {task_of(), task_of(), last}}, {.cpu_milli = 2000});
  machine.at(0);
  BOOST_TEST((machine.now() == Counts{{"predecessor", 1}}));
  machine.finish(1);
  machine.at(30);
  machine.finish(0);
  machine.at(70);
  BOOST_REQUIRE(machine.waited.at(2).size() == 1U);
  const Waited& waited = machine.waited.at(2)[0];
  BOOST_CHECK(waited.cause == WaitCause::predecessor);
  BOOST_TEST(waited.us == 70);
  BOOST_TEST(waited.task->value == 0U);
}

BOOST_AUTO_TEST_CASE(a_lock_has_a_name_and_a_holder)
{
  Task user = task_of();
  user.demand.locks = {"db"};
  Machine machine({.lock_scope = "p", .tasks = {user, user}}, {.cpu_milli = 2000});
  machine.at(0);
  const std::vector<WaitingTasks> now = machine.scheduler.waiting(machine.added.job);
  BOOST_REQUIRE(now.size() == 1U);
  BOOST_CHECK(now[0].cause == WaitCause::lock);
  BOOST_TEST(now[0].name == "db");
  BOOST_TEST(now[0].task->value == 0U);
  machine.finish(0);
  machine.at(90);
  BOOST_REQUIRE(machine.waited.at(1).size() == 1U);
  BOOST_CHECK(machine.waited.at(1)[0].cause == WaitCause::lock);
  BOOST_TEST(machine.waited.at(1)[0].us == 90);
  BOOST_TEST(machine.waited.at(1)[0].name == "db");
  BOOST_TEST(machine.waited.at(1)[0].task->value == 0U);
}

BOOST_AUTO_TEST_CASE(several_causes_add_up_to_the_whole_wait)
{
  // 0 is a setup, 1 and 2 need it and the lock, on two cpus of which 3 takes one all the time.
  Task long_one = task_of();
  long_one.expected_us = 100'000;
  Task user = task_of();
  user.demand.locks = {"db"};
  user.predecessors = {{0, After::success}};
  Machine machine({.lock_scope = "p", .tasks = {task_of(), user, user, long_one}},
                  {.cpu_milli = 2000});
  machine.at(0);
  machine.finish(0);
  machine.at(10); // 1 starts; 2 waits for a cpu
  BOOST_TEST(machine.us(1, WaitCause::predecessor) == 10);
  machine.finish(3);
  machine.at(25); // a cpu is free, and the lock is not
  BOOST_TEST((machine.now() == Counts{{"lock", 1}}));
  machine.finish(1);
  machine.at(65);
  BOOST_TEST(machine.us(2, WaitCause::predecessor) == 10);
  BOOST_TEST(machine.us(2, WaitCause::cpu) + machine.us(2, WaitCause::lock) == 55);
  BOOST_TEST(machine.us(2, WaitCause::lock) >= 40);
  BOOST_TEST(machine.all_us(2) == 65);
}

BOOST_AUTO_TEST_CASE(what_keeps_a_line_is_what_it_lacks)
{
  Task heavy = task_of(100);
  heavy.demand.memory_bytes = 80;
  const Task light = task_of(100);
  Task serial = task_of();
  serial.demand.whole_machine = true;

  struct Case {
    const char* what;
    Job job;
    Capacity capacity;
    Counts expected;
  };

  const Case cases[] = {
      {"memory", {.tasks = {heavy, heavy}}, {2000, 100, {}}, {{"memory", 1}}},
      {"others' memory", {.tasks = {heavy, heavy}}, {2000, 1000, 100}, {{"free memory", 1}}},
      {"-j", {.tasks = {light, light}, .running_limit = 1}, {2000, 0, {}}, {{"job limit", 1}}},
      {"serial", {.tasks = {serial, task_of()}}, {2000, 0, {}}, {{"serial test", 1}}},
      {"turns", {.tasks = {light, light}, .in_turns = true}, {2000, 0, {}}, {{"turn", 1}}},
      {"permits", {.tasks = {light}, .paced = true}, {2000, 0, {}}, {{"start permit", 1}}},
  };
  for (const Case& one : cases) {
    BOOST_TEST_CONTEXT(one.what)
    {
      Machine machine(one.job, one.capacity);
      machine.at(0);
      BOOST_TEST((machine.now() == one.expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_serial_task_waits_for_the_machine_to_be_empty_and_others_for_it)
{
  Machine machine({.tasks = {task_of(), task_of()}}, {.cpu_milli = 2000});
  machine.at(0);
  Task serial = task_of();
  serial.demand.whole_machine = true;
  Task late = task_of();
  late.expected_us = 1'000'000;
  const AddedJob more = machine.scheduler.add({.tasks = {serial, late}});
  machine.finish(0);
  machine.at(10);
  std::map<WaitCause, std::uint32_t> counts;
  for (const WaitingTasks& group : machine.scheduler.waiting(more.job)) {
    counts[group.cause] += group.count;
    if (group.cause == WaitCause::serial_test) {
      BOOST_TEST(group.task->value == more.tasks[0].value);
    }
  }
  BOOST_TEST(counts[WaitCause::empty_machine] == 1U);
  BOOST_TEST(counts[WaitCause::serial_test] == 1U);
}

BOOST_AUTO_TEST_CASE(room_that_is_promised_is_named_with_whom_it_is_promised_to)
{
  Task running = task_of();
  running.expected_us = 1000;
  Task wide = task_of(2000);
  Task narrow = task_of();
  narrow.expected_us = 1'000'000; // would outlast the promised start
  Machine machine({.tasks = {running}}, {.cpu_milli = 2000});
  machine.at(0);
  const AddedJob more = machine.scheduler.add({.tasks = {wide, narrow}});
  machine.at(10);
  for (const WaitingTasks& group : machine.scheduler.waiting(more.job)) {
    if (group.cause == WaitCause::reservation) {
      BOOST_TEST(group.task->value == more.tasks[0].value);
      return;
    }
  }
  BOOST_ERROR("nobody waits for promised room");
}

BOOST_AUTO_TEST_CASE(idle_cpus_are_put_down_to_what_the_first_in_line_waited_for)
{
  Task user = task_of();
  user.demand.locks = {"db"};
  Machine machine({.lock_scope = "p", .tasks = {user, user}}, {.cpu_milli = 2000});
  machine.at(0);
  machine.finish(0);
  machine.at(100); // one cpu was idle, for the lock
  machine.finish(1);
  machine.at(150); // and then since nothing was left
  const WaitTimes idle = machine.scheduler.take_idle_us(machine.added.job);
  BOOST_TEST(idle[static_cast<std::size_t>(WaitCause::lock)] == 100);
  BOOST_TEST(idle[static_cast<std::size_t>(WaitCause::nothing)] == 50);
  const WaitTimes again = machine.scheduler.take_idle_us(machine.added.job);
  BOOST_TEST(again[static_cast<std::size_t>(WaitCause::lock)] == 0);
}

BOOST_AUTO_TEST_CASE(who_runs_again_has_waited_since_it_was_put_in_line_again)
{
  Machine machine({.tasks = {task_of(), task_of()}});
  machine.at(0);
  machine.scheduler.suspend(machine.added.tasks[0]);
  machine.at(10);
  BOOST_TEST((machine.now() == Counts{{"pause", 1}}));
  machine.scheduler.resume(machine.added.tasks[0]);
  machine.at(50);
  machine.finish(1);
  machine.at(80);
  BOOST_TEST(machine.us(0, WaitCause::cpu) == 30);
  BOOST_TEST(machine.all_us(0) == 30);
}

/// Whatever happens, the parts are not negative and come to the time since the job was added.
BOOST_AUTO_TEST_CASE(parts_come_to_the_whole_wait_of_many_tasks)
{
  Job job{.lock_scope = "p"};
  for (std::uint32_t index = 0; index < 400; ++index) {
    Task task = task_of(index % 3 == 0 ? 2000 : 1000);
    task.expected_us = 1000 + index * 7 % 500;
    if (index % 4 == 1) {
      task.demand.locks = {"a" + std::to_string(index % 2)};
      task.demand.locks.push_back("b");
    }
    if (index % 5 == 4) {
      task.predecessors = {{index - 3, After::order}};
    }
    task.demand.whole_machine = index % 97 == 0;
    job.tasks.push_back(std::move(task));
  }
  Machine machine(job, {.cpu_milli = 4000});
  std::vector<std::pair<std::int64_t, TaskId>> running;
  std::int64_t now_us = 1000;
  std::size_t started = 0;
  for (;;) {
    for (const Action& action : machine.scheduler.next(now_us)) {
      ++started;
      std::int64_t sum = 0;
      for (const Waited& part : action.waited) {
        BOOST_TEST(part.us > 0);
        sum += part.us;
      }
      BOOST_TEST(sum == now_us - 1000);
      running.emplace_back(now_us + *job.tasks[action.task.value].expected_us, action.task);
    }
    if (running.empty()) {
      break;
    }
    const auto first = std::ranges::min_element(running);
    now_us = first->first;
    machine.scheduler.finish(first->second, Outcome::succeeded);
    running.erase(first);
  }
  BOOST_TEST(started == job.tasks.size());
}

BOOST_AUTO_TEST_CASE(without_a_clock_nothing_is_told)
{
  Task user = task_of();
  user.demand.locks = {"db"};
  Scheduler scheduler({.cpu_milli = 1000});
  const AddedJob added = scheduler.add({.lock_scope = "p", .tasks = {user, user, task_of()}});
  for (const TaskId task : added.tasks) {
    for (const Action& action : scheduler.next()) {
      BOOST_TEST(action.waited.empty());
    }
    scheduler.finish(scheduler.running_tasks().at(0), Outcome::succeeded);
    BOOST_TEST(task.value < 3U);
  }
  BOOST_TEST(scheduler.waiting_count() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
