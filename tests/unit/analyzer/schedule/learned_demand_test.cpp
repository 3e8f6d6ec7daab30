// What the scheduler learns of tests that nobody has measured.
#include "analyzer/schedule/learned_demand.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace winnow::schedule;

namespace {

constexpr std::int64_t ms = 1000;

/// `count` unknown tasks on two cpus.
struct Unknown {
  explicit Unknown(std::size_t count)
  {
    Task task;
    task.demand.cpu_is_guess = true;
    Job job;
    job.tasks = std::vector<Task>(count, task);
    scheduler.add(job);
    start();
  }

  void start()
  {
    for (const Action& action : scheduler.next(now_us)) {
      running.push_back(action.task);
    }
  }

  /// All that run use this share of a cpu each for so long.
  void pass(std::int64_t time_us, std::int64_t share_milli)
  {
    now_us += time_us;
    used_us.resize(running.size(), 0);
    for (std::size_t i = 0; i < running.size(); ++i) {
      used_us[i] += time_us * share_milli / 1000;
      scheduler.observe(running[i], {now_us, used_us[i], {}});
    }
    start();
  }

  Scheduler scheduler{{.cpu_milli = 2000, .memory_bytes = 0}};
  std::vector<TaskId> running;
  std::vector<std::int64_t> used_us;
  std::int64_t now_us = 0;
};

} // namespace

BOOST_AUTO_TEST_SUITE(learned_demand)

BOOST_AUTO_TEST_CASE(a_task_gives_its_cpu_back_after_a_quiet_moment)
{
  ObservedCpu task(0, 1000);
  task.add({50 * ms, 40 * ms, {}}); // it begins by computing
  task.add({100 * ms, 40 * ms, {}});
  BOOST_TEST(task.demand_milli() == 1000U);
  task.add({150 * ms, 41 * ms, {}});
  BOOST_TEST(task.demand_milli() == 20U);
}

BOOST_AUTO_TEST_CASE(a_task_that_wakes_up_has_its_cpu_at_once)
{
  ObservedCpu task(0, 1000);
  task.add({150 * ms, 0, {}});
  BOOST_TEST(task.demand_milli() == 20U);
  task.add({200 * ms, 20 * ms, {}});
  BOOST_TEST(task.demand_milli() == 1000U);
}

BOOST_AUTO_TEST_CASE(a_task_that_is_held_back_is_not_taken_for_one_that_waits)
{
  ObservedCpu task(0, 1000);
  for (std::int64_t at = 50 * ms; at < 1000 * ms; at += 50 * ms) {
    task.add({at, at, {}}); // a tenth of it ran, the rest stood in the queue for a cpu
  }
  BOOST_TEST(task.demand_milli() == 1000U);
  BOOST_TEST(*task.seen_milli() == 1000U);
}

BOOST_AUTO_TEST_CASE(a_moment_has_to_pass_before_a_task_says_something_of_others)
{
  ObservedCpu task(0, 1000);
  task.add({60 * ms, 0, {}});
  BOOST_TEST(!task.seen_milli().has_value());
  BOOST_TEST(task.demand_milli() == 1000U);
}

BOOST_AUTO_TEST_CASE(what_waits_makes_room_for_the_others_soon)
{
  Unknown tests(60);
  BOOST_TEST(tests.running.size() == 2U);
  std::vector<std::size_t> counts;
  while (tests.running.size() < 60 && counts.size() < 30) {
    tests.pass(50 * ms, 0);
    counts.push_back(tests.running.size());
  }
  BOOST_TEST(tests.running.size() == 60U);
  BOOST_TEST(tests.now_us <= 1000 * ms);
}

BOOST_AUTO_TEST_CASE(what_computes_makes_no_room)
{
  Unknown tests(60);
  for (int i = 0; i < 40; ++i) {
    tests.pass(50 * ms, 1000);
  }
  BOOST_TEST(tests.running.size() == 2U);
}

BOOST_AUTO_TEST_CASE(those_that_turn_out_to_compute_are_paid_back)
{
  Unknown tests(60);
  while (tests.running.size() < 20) {
    tests.pass(50 * ms, 0);
  }
  const std::size_t most = tests.running.size();
  for (int i = 0; i < 10; ++i) {
    tests.pass(50 * ms, 1000); // they wake up all at once
  }
  BOOST_TEST(tests.running.size() == most);
  for (std::size_t i = 0; i + 2 < most; ++i) {
    tests.scheduler.finish(tests.running[i], Outcome::succeeded);
    BOOST_TEST(tests.scheduler.next(tests.now_us).empty()); // still more than there are cpus
  }
}

BOOST_AUTO_TEST_CASE(at_most_fifty_wait_on_each_cpu)
{
  Unknown tests(500);
  for (int i = 0; i < 100; ++i) {
    tests.pass(50 * ms, 0);
  }
  BOOST_TEST(tests.running.size() <= 100U);
  BOOST_TEST(tests.running.size() > 90U);
}

BOOST_AUTO_TEST_CASE(a_known_demand_is_not_looked_at)
{
  Scheduler scheduler({.cpu_milli = 1000, .memory_bytes = 0});
  Job job;
  job.tasks = std::vector<Task>(2);
  const AddedJob added = scheduler.add(job);
  BOOST_TEST(scheduler.next(0).size() == 1U);
  BOOST_TEST(!scheduler.learns());
  scheduler.observe(added.tasks[0], {500 * ms, 0, {}});
  BOOST_TEST(scheduler.next(500 * ms).empty());
}

BOOST_AUTO_TEST_CASE(unknown_memory_is_guessed_with_care_and_then_by_what_is_seen)
{
  constexpr std::uint64_t megabyte = 1 << 20;
  Scheduler scheduler({.cpu_milli = 8000, .memory_bytes = 800 * megabyte});
  Task task;
  task.demand.cpu_milli = 20;
  task.demand.memory_is_guess = true;
  Job job;
  job.tasks = std::vector<Task>(200, task);
  scheduler.add(job);
  const std::vector<Action> running = scheduler.next(0);
  BOOST_TEST(running.size() == 32U); // four for each cpu
  for (const Action& action : running) {
    scheduler.observe(action.task, {100 * ms, 0, 7 * megabyte});
  }
  BOOST_TEST(scheduler.next(100 * ms).empty()); // they may still grow
  for (const Action& action : running) {
    scheduler.observe(action.task, {200 * ms, 0, 7 * megabyte});
  }
  BOOST_TEST(scheduler.next(200 * ms).size() > 40U);
  for (const Action& action : running) {
    scheduler.observe(action.task, {300 * ms, 0, 40 * megabyte});
  }
  BOOST_TEST(scheduler.next(300 * ms).empty());
}

BOOST_AUTO_TEST_CASE(the_job_that_has_least_of_the_machine_is_next)
{
  Scheduler scheduler({.cpu_milli = 4000, .memory_bytes = 0});
  Job job;
  job.tasks = std::vector<Task>(20);
  for (Task& task : job.tasks) {
    task.expected_us = 60'000 * ms;
  }
  scheduler.add(job);
  const std::vector<Action> running = scheduler.next(0);
  for (Task& task : job.tasks) {
    task.expected_us = ms;
  }
  const AddedJob second = scheduler.add(job);
  for (std::size_t i = 0; i < 2; ++i) { // short as they are, its tasks come next
    scheduler.finish(running[i].task, Outcome::succeeded);
    const std::vector<Action> next = scheduler.next(ms);
    BOOST_REQUIRE(next.size() == 1U);
    BOOST_TEST(next.front().task.value >= second.tasks.front().value);
  }
  scheduler.finish(running[2].task, Outcome::succeeded);
  BOOST_TEST(scheduler.next(ms).front().task.value < second.tasks.front().value);
}

BOOST_AUTO_TEST_CASE(jobs_take_turns_with_what_needs_the_whole_machine)
{
  Scheduler scheduler({.cpu_milli = 2000, .memory_bytes = 0});
  Job serial;
  serial.tasks = std::vector<Task>(3);
  for (Task& task : serial.tasks) {
    task.demand.whole_machine = true;
  }
  const AddedJob first = scheduler.add(serial);
  const TaskId alone = scheduler.next(0).at(0).task;
  Job narrow;
  narrow.tasks = std::vector<Task>(1);
  const AddedJob second = scheduler.add(narrow);
  scheduler.finish(alone, Outcome::succeeded);
  const std::vector<Action> next = scheduler.next(ms);
  BOOST_REQUIRE(next.size() == 1U);
  BOOST_TEST(next.front().task.value == second.tasks.front().value);
  BOOST_TEST(first.tasks.size() == 3U);
}

/// Ten tasks of 100 bytes each on a machine of 1000, of which others have some.
struct ShortOfMemory {
  ShortOfMemory()
  {
    Task task;
    task.demand.memory_bytes = 100;
    Job job;
    job.tasks = std::vector<Task>(10, task);
    scheduler.add(job);
  }

  std::size_t starts_with(std::uint64_t available_bytes)
  {
    scheduler.set_capacity(
        {.cpu_milli = 16000, .memory_bytes = 1000, .available_bytes = available_bytes});
    const std::vector<Action> actions = scheduler.next(0);
    for (const Action& action : actions) {
      running.push_back(action.task);
    }
    return actions.size();
  }

  Scheduler scheduler{{.cpu_milli = 16000, .memory_bytes = 1000}};
  std::vector<TaskId> running;
};

BOOST_AUTO_TEST_CASE(what_others_have_of_the_memory_is_not_given_away)
{
  ShortOfMemory tests;
  BOOST_TEST(tests.starts_with(450) == 4U);
  BOOST_TEST(tests.starts_with(450) == 0U); // they have taken nothing yet: it is theirs
  for (const TaskId task : tests.running) {
    tests.scheduler.observe(task, {100 * ms, 0, 100});
  }
  BOOST_TEST(tests.starts_with(50) == 0U);
  BOOST_TEST(tests.starts_with(250) == 2U);
}

BOOST_AUTO_TEST_CASE(short_as_memory_is_one_task_runs)
{
  ShortOfMemory tests;
  BOOST_TEST(tests.starts_with(0) == 1U);
  BOOST_TEST(tests.starts_with(0) == 0U);
  tests.scheduler.finish(tests.running.front(), Outcome::succeeded);
  BOOST_TEST(tests.starts_with(0) == 1U);
}

BOOST_AUTO_TEST_CASE(who_has_more_than_it_asked_for_owes_nobody)
{
  ShortOfMemory tests;
  BOOST_TEST(tests.starts_with(100) == 1U);
  tests.scheduler.observe(tests.running.front(), {100 * ms, 0, 700});
  BOOST_TEST(tests.starts_with(200) == 2U);
  tests.scheduler.finish(tests.running.front(), Outcome::succeeded);
  BOOST_TEST(tests.starts_with(900) == 7U);
}

BOOST_AUTO_TEST_SUITE_END()
