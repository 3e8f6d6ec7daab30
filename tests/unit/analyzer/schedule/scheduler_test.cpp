// What the scheduler starts, in which order, and what it gives up.
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

constexpr std::int64_t second = 1'000'000;

Task lasting(std::int64_t seconds)
{
  Task task;
  task.expected_us = seconds * second;
  return task;
}

Task after(Task task, std::vector<Predecessor> predecessors)
{
  task.predecessors = std::move(predecessors);
  return task;
}

Task with_locks(Task task, std::vector<std::string> locks)
{
  task.demand.locks = std::move(locks);
  return task;
}

Job job_of(std::vector<Task> tasks, std::string scope = "project")
{
  return {.lock_scope = std::move(scope), .tasks = std::move(tasks)};
}

Capacity cpus(std::uint32_t count)
{
  return {.cpu_milli = count * 1000, .memory_bytes = 0};
}

/// What is started now, as task numbers; gives nothing up.
std::vector<std::uint32_t> starts(Scheduler& scheduler, std::optional<std::int64_t> now_us = {})
{
  std::vector<std::uint32_t> tasks;
  for (const Action& action : scheduler.next(now_us)) {
    BOOST_TEST((action.kind == Action::Kind::start));
    tasks.push_back(action.task.value);
  }
  return tasks;
}

using Tasks = std::vector<std::uint32_t>;

Tasks numbers(const std::vector<TaskId>& tasks)
{
  Tasks values;
  for (const TaskId task : tasks) {
    values.push_back(task.value);
  }
  return values;
}

} // namespace

BOOST_AUTO_TEST_SUITE(order_of_tasks)

BOOST_AUTO_TEST_CASE(the_longest_remaining_path_starts_first)
{
  Scheduler scheduler(cpus(1));
  scheduler.add(job_of({lasting(3), lasting(1), after(lasting(4), {{1}})}));
  BOOST_TEST(starts(scheduler) == Tasks{1}, boost::test_tools::per_element());
  scheduler.finish({1}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{2}, boost::test_tools::per_element());
  scheduler.finish({2}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{0}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tasks_with_turns_start_one_after_another_by_index)
{
  Scheduler scheduler(cpus(4));
  Job job = job_of({lasting(1), after(lasting(9), {{0, After::success}}), lasting(5), lasting(7)});
  job.tasks[3].demand.whole_machine = true;
  job.in_turns = true;
  scheduler.add(job);
  BOOST_TEST(starts(scheduler) == Tasks{0}, boost::test_tools::per_element());
  scheduler.finish({0}, Outcome::failed);
  const std::vector<Action> actions = scheduler.next();
  BOOST_REQUIRE(actions.size() == 2U);
  BOOST_TEST((actions[0].kind == Action::Kind::give_up && actions[0].task.value == 1));
  BOOST_TEST((actions[1].kind == Action::Kind::start && actions[1].task.value == 2));
  scheduler.finish({2}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{3}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(unknown_tasks_start_early)
{
  Scheduler scheduler(cpus(2));
  scheduler.add(job_of({lasting(1), lasting(2), lasting(1), Task{}}));
  BOOST_TEST(starts(scheduler) == (Tasks{1, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_an_unknown_task_takes_at_least_counts)
{
  Scheduler scheduler(cpus(1));
  Task cut_short;
  cut_short.at_least_us = 9'000'000;
  scheduler.add(job_of({lasting(5), cut_short, lasting(7)}));
  BOOST_TEST(starts(scheduler) == Tasks{1}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(priority_decides_among_equals)
{
  Scheduler scheduler(cpus(1));
  Task urgent;
  urgent.priority = 5;
  scheduler.add(job_of({Task{}, urgent, Task{}}));
  BOOST_TEST(starts(scheduler) == Tasks{1}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(users_of_a_long_locked_sequence_start_before_longer_tasks)
{
  Scheduler scheduler(cpus(2));
  scheduler.add(job_of({lasting(4), lasting(4), with_locks(lasting(3), {"db"}),
                        with_locks(lasting(3), {"db"}), with_locks(lasting(3), {"db"})}));
  BOOST_TEST(starts(scheduler) == (Tasks{2, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_job_can_come_while_another_runs)
{
  Scheduler scheduler(cpus(2));
  scheduler.add(job_of({lasting(1), lasting(1), lasting(1)}));
  BOOST_TEST(starts(scheduler) == (Tasks{0, 1}), boost::test_tools::per_element());
  scheduler.add(job_of({lasting(9)}));
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{3}, boost::test_tools::per_element());
  BOOST_TEST(scheduler.waiting_count() == 1U);
  BOOST_TEST(scheduler.running_count() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(predecessors)

BOOST_AUTO_TEST_CASE(a_failed_setup_gives_up_its_users_but_not_the_cleanup)
{
  Scheduler scheduler(cpus(2));
  scheduler.add(
      job_of({Task{}, after(Task{}, {{0, After::success}}), after(Task{}, {{1, After::success}}),
              after(Task{}, {{0, After::order}, {2, After::order}})}));
  BOOST_TEST(starts(scheduler) == Tasks{0}, boost::test_tools::per_element());
  scheduler.finish({0}, Outcome::failed);
  const std::vector<Action> actions = scheduler.next();
  BOOST_REQUIRE(actions.size() == 3U);
  for (std::uint32_t task : {1U, 2U}) {
    BOOST_TEST((actions[task - 1].kind == Action::Kind::give_up));
    BOOST_TEST(actions[task - 1].task.value == task);
    BOOST_REQUIRE(actions[task - 1].because.has_value());
    BOOST_TEST(actions[task - 1].because->value == 0U);
  }
  BOOST_TEST((actions[2].kind == Action::Kind::start));
  BOOST_TEST(actions[2].task.value == 3U);
}

BOOST_AUTO_TEST_CASE(a_task_that_two_failures_forbid_is_given_up_once)
{
  Scheduler scheduler(cpus(2));
  scheduler.add(
      job_of({Task{}, Task{}, after(Task{}, {{0, After::success}, {1, After::success}})}));
  scheduler.next();
  scheduler.finish({0}, Outcome::failed);
  BOOST_TEST(scheduler.next().size() == 1U);
  scheduler.finish({1}, Outcome::failed);
  BOOST_TEST(scheduler.next().empty());
  BOOST_TEST(scheduler.waiting_count() == 0U);
}

BOOST_AUTO_TEST_CASE(order_alone_does_not_ask_for_success)
{
  Scheduler scheduler(cpus(1));
  scheduler.add(job_of({Task{}, after(Task{}, {{0, After::order}})}));
  scheduler.next();
  scheduler.finish({0}, Outcome::failed);
  BOOST_TEST(starts(scheduler) == Tasks{1}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_cycle_is_found_in_its_order)
{
  const std::vector<Task> tasks = {Task{}, after(Task{}, {{0}, {3}}), after(Task{}, {{1}}),
                                   after(Task{}, {{2}}), after(Task{}, {{3}})};
  std::vector<std::uint32_t> cycle = find_cycle(tasks);
  BOOST_REQUIRE(cycle.size() == 3U);
  std::rotate(cycle.begin(), std::find(cycle.begin(), cycle.end(), 1U), cycle.end());
  BOOST_TEST(cycle == (Tasks{1, 2, 3}), boost::test_tools::per_element());
  BOOST_TEST(find_cycle({tasks[0], Task{}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(cancelled_jobs)

BOOST_AUTO_TEST_CASE(what_has_not_started_never_starts)
{
  Scheduler scheduler(cpus(1));
  const AddedJob job =
      scheduler.add(job_of({lasting(9), with_locks(lasting(8), {"db"}), after(lasting(1), {{0}})}));
  scheduler.next();
  const std::vector<TaskId> forgotten = scheduler.cancel(job.job);
  BOOST_REQUIRE(forgotten.size() == 2U);
  BOOST_TEST(forgotten[0].value == 1U);
  BOOST_TEST(forgotten[1].value == 2U);
  BOOST_TEST(scheduler.waiting_count() == 0U);
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(scheduler.next().empty());
  BOOST_TEST(scheduler.cancel(job.job).empty());
}

BOOST_AUTO_TEST_CASE(a_lock_they_waited_for_passes_to_others)
{
  Scheduler scheduler(cpus(4));
  scheduler.add(job_of({with_locks(lasting(1), {"db"})}));
  scheduler.next();
  // Job 1 parks first in line at the lock; it is woken into a full machine, then cancelled there.
  const AddedJob doomed = scheduler.add(job_of({with_locks(lasting(9), {"db"})}));
  scheduler.add(job_of({with_locks(lasting(2), {"db"})}));
  scheduler.add(job_of({lasting(20), lasting(20), lasting(20)}));
  BOOST_TEST(starts(scheduler) == (Tasks{3, 4, 5}), boost::test_tools::per_element());
  scheduler.add(job_of({lasting(30)}));
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == (Tasks{6}), boost::test_tools::per_element());
  BOOST_TEST(scheduler.cancel(doomed.job).size() == 1U);
  scheduler.finish({6}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{2}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_kept_still_waits_for_what_runs)
{
  Scheduler scheduler(cpus(4));
  const AddedJob job =
      scheduler.add(job_of({Task{}, after(Task{}, {{0, After::success}}), after(Task{}, {{1}}),
                            after(Task{}, {{0}, {1}, {2}})}));
  scheduler.next();
  scheduler.finish({0}, Outcome::succeeded);
  scheduler.next();
  BOOST_TEST(numbers(scheduler.cancel(job.job, {{3}})) == Tasks{2},
             boost::test_tools::per_element());
  BOOST_TEST(scheduler.next().empty());
  scheduler.finish({1}, Outcome::failed);
  BOOST_TEST(starts(scheduler) == Tasks{3}, boost::test_tools::per_element());
  BOOST_TEST(scheduler.waiting_count() == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_kept_keeps_to_limits_and_locks)
{
  Scheduler scheduler(cpus(4));
  Job wanted = job_of({lasting(9), with_locks(lasting(5), {"db"}), with_locks(lasting(4), {"db"}),
                       lasting(3), lasting(2)});
  wanted.running_limit = 2;
  scheduler.add(job_of({with_locks(lasting(7), {"db"})}));
  scheduler.next();
  const AddedJob job = scheduler.add(wanted);
  BOOST_TEST(starts(scheduler) == (Tasks{1, 4}), boost::test_tools::per_element());
  BOOST_TEST(scheduler.cancel(job.job, {{2}, {3}, {5}}).empty());
  scheduler.finish({4}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{5}, boost::test_tools::per_element());
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(scheduler.next().empty()); // two of the job run
  scheduler.finish({1}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{2}, boost::test_tools::per_element());
  scheduler.finish({5}, Outcome::succeeded);
  BOOST_TEST(scheduler.next().empty()); // the other holds the lock
  scheduler.finish({2}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{3}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_kept_keeps_its_turn)
{
  Scheduler scheduler(cpus(4));
  Job wanted = job_of({Task{}, Task{}, Task{}, Task{}, Task{}});
  wanted.in_turns = true;
  const AddedJob job = scheduler.add(wanted);
  scheduler.next();
  BOOST_TEST(numbers(scheduler.cancel(job.job, {{2}, {4}})) == (Tasks{1, 3}),
             boost::test_tools::per_element());
  BOOST_TEST(scheduler.next().empty());
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{2}, boost::test_tools::per_element());
  scheduler.finish({2}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{4}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nothing_is_kept_that_needs_the_success_of_what_is_not)
{
  Scheduler scheduler(cpus(1));
  const AddedJob job =
      scheduler.add(job_of({lasting(99), lasting(1), after(lasting(1), {{1, After::success}}),
                            after(lasting(1), {{2}, {0}})}));
  scheduler.next();
  BOOST_TEST(numbers(scheduler.cancel(job.job, {{2}, {3}})) == (Tasks{1, 2}),
             boost::test_tools::per_element());
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{3}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_kept_follows_what_would_have_been_given_up)
{
  Scheduler scheduler(cpus(1));
  const AddedJob job = scheduler.add(
      job_of({Task{}, after(Task{}, {{0, After::success}}), after(Task{}, {{0}, {1}})}));
  scheduler.next();
  scheduler.finish({0}, Outcome::failed);
  BOOST_TEST(numbers(scheduler.cancel(job.job, {{2}})) == Tasks{1},
             boost::test_tools::per_element());
  BOOST_TEST(starts(scheduler) == Tasks{2}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_would_be_given_up_is_returned_instead)
{
  Scheduler scheduler(cpus(1));
  const AddedJob job = scheduler.add(job_of({Task{}, after(Task{}, {{0, After::success}})}));
  scheduler.next();
  scheduler.finish({0}, Outcome::failed);
  BOOST_TEST(scheduler.cancel(job.job).size() == 1U);
  BOOST_TEST(scheduler.next().empty());
}

BOOST_AUTO_TEST_SUITE_END()
