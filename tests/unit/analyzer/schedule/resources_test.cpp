// How the scheduler shares cpus, memory, locks and limits, and what it reserves.
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

constexpr std::int64_t second = 1'000'000;

struct Wanted {
  std::int64_t seconds = 1;
  std::uint32_t cpu_milli = 1000;
  std::uint64_t memory_bytes = 0;
  std::vector<std::string> locks;
  bool serial = false;
};

Task task(const Wanted& wanted)
{
  Task result;
  result.expected_us = wanted.seconds * second;
  result.demand = {wanted.cpu_milli, wanted.memory_bytes, wanted.locks, wanted.serial};
  return result;
}

Job job_of(std::vector<Task> tasks, std::string scope = "project")
{
  return {.lock_scope = std::move(scope), .tasks = std::move(tasks)};
}

using Tasks = std::vector<std::uint32_t>;

Tasks starts(Scheduler& scheduler, std::optional<std::int64_t> now_us = {})
{
  Tasks tasks;
  for (const Action& action : scheduler.next(now_us)) {
    tasks.push_back(action.task.value);
  }
  return tasks;
}

Tasks starts_at(Scheduler& scheduler, std::int64_t seconds)
{
  return starts(scheduler, seconds * second);
}

} // namespace

BOOST_AUTO_TEST_SUITE(shared_resources)

BOOST_AUTO_TEST_CASE(waiting_tasks_share_a_cpu)
{
  Scheduler scheduler({.cpu_milli = 1000});
  scheduler.add(job_of(std::vector<Task>(30, task({.cpu_milli = 50}))));
  BOOST_TEST(starts(scheduler).size() == 20U);
}

BOOST_AUTO_TEST_CASE(a_waiting_task_keeps_no_cpu_from_others)
{
  Scheduler scheduler({.cpu_milli = 2000});
  scheduler.add(job_of({task({.seconds = 60, .cpu_milli = 50}), task({}), task({}), task({})}));
  BOOST_TEST(starts(scheduler) == (Tasks{0, 1, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(memory_is_not_exceeded)
{
  Scheduler scheduler({.cpu_milli = 4000, .memory_bytes = 100});
  scheduler.add(job_of(std::vector<Task>(4, task({.memory_bytes = 40}))));
  BOOST_TEST(starts(scheduler).size() == 2U);
}

BOOST_AUTO_TEST_CASE(nor_is_that_of_a_job)
{
  Scheduler scheduler({.cpu_milli = 8000, .memory_bytes = 1000});
  Job limited = job_of(std::vector<Task>(4, task({.memory_bytes = 40})));
  limited.memory_limit_bytes = 100;
  scheduler.add(limited);
  scheduler.add(job_of(std::vector<Task>(2, task({.memory_bytes = 40}))));
  BOOST_TEST(starts(scheduler).size() == 4U);
  limited.tasks = {task({.memory_bytes = 400})}; // all that the job has
  scheduler.add(limited);
  BOOST_TEST(starts(scheduler).size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_nobody_knows_is_guessed_from_a_jobs_memory)
{
  Task unknown = task({.cpu_milli = 1000});
  unknown.demand.memory_is_guess = true;
  Job limited = job_of(std::vector<Task>(9, unknown));
  limited.memory_limit_bytes = 100;
  Scheduler scheduler({.cpu_milli = 8000, .memory_bytes = 1000});
  scheduler.add(limited);
  BOOST_TEST(starts(scheduler).size() == 8U); // a fourth of it for as many as there are cpus
}

BOOST_AUTO_TEST_CASE(a_demand_beyond_the_machine_gets_all_of_it)
{
  Scheduler scheduler({.cpu_milli = 2000, .memory_bytes = 100});
  scheduler.add(job_of({task({.cpu_milli = 16000}), task({.memory_bytes = 500})}));
  BOOST_TEST(starts(scheduler).size() == 1U);
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler).size() == 1U);
}

BOOST_AUTO_TEST_CASE(locks_are_shared_within_a_project_only)
{
  Scheduler scheduler({.cpu_milli = 8000});
  scheduler.add(job_of({task({.locks = {"db"}})}, "one"));
  scheduler.add(job_of({task({.locks = {"db"}})}, "one"));
  scheduler.add(job_of({task({.locks = {"db"}})}, "two"));
  BOOST_TEST(starts(scheduler) == (Tasks{0, 2}), boost::test_tools::per_element());
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{1}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(machine_locks_are_shared_by_all_projects)
{
  Scheduler scheduler({.cpu_milli = 8000});
  scheduler.add(job_of({task({.locks = {"machine:gpu"}})}, "one"));
  scheduler.add(job_of({task({.locks = {"machine:gpu"}})}, "two"));
  BOOST_TEST(starts(scheduler) == Tasks{0}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_lock_named_twice_is_taken_once)
{
  Scheduler scheduler({.cpu_milli = 1000});
  scheduler.add(job_of({task({.locks = {"db", "db"}})}));
  BOOST_TEST(starts(scheduler).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_smaller_machine_lets_running_tasks_end)
{
  Scheduler scheduler({.cpu_milli = 3000});
  scheduler.add(job_of(std::vector<Task>(5, task({}))));
  BOOST_TEST(starts(scheduler).size() == 3U);
  scheduler.set_capacity({.cpu_milli = 1000});
  scheduler.finish({0}, Outcome::succeeded);
  scheduler.finish({1}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler).empty());
  scheduler.finish({2}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler).size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(limits_of_a_job)

BOOST_AUTO_TEST_CASE(a_running_limit_counts_processors)
{
  Scheduler scheduler({.cpu_milli = 16000});
  Job job = job_of({task({.cpu_milli = 3000}), task({.cpu_milli = 50}), task({.cpu_milli = 50})});
  job.running_limit = 4;
  scheduler.add(std::move(job));
  BOOST_TEST(starts(scheduler) == (Tasks{0, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(processors_are_clamped_to_the_running_limit)
{
  Scheduler scheduler({.cpu_milli = 16000});
  Job job = job_of({task({.cpu_milli = 8000}), task({})});
  job.running_limit = 2;
  scheduler.add(std::move(job));
  scheduler.add(job_of({task({})}));
  BOOST_TEST(starts(scheduler) == (Tasks{0, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_running_limit_above_the_cpus_is_granted)
{
  Scheduler scheduler({.cpu_milli = 2000});
  Job job = job_of(std::vector<Task>(20, task({})));
  job.running_limit = 8;
  scheduler.add(std::move(job));
  BOOST_TEST(starts(scheduler).size() == 8U);
}

BOOST_AUTO_TEST_CASE(a_cpu_limit_counts_cpu_demand)
{
  Scheduler scheduler({.cpu_milli = 16000});
  Job job = job_of(std::vector<Task>(20, task({.cpu_milli = 500})));
  job.cpu_limit_milli = 2000;
  scheduler.add(std::move(job));
  BOOST_TEST(starts(scheduler).size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_job_at_its_limit_does_not_hold_others_back)
{
  Scheduler scheduler({.cpu_milli = 4000});
  Job job = job_of(std::vector<Task>(3, task({.seconds = 9})));
  job.running_limit = 1;
  scheduler.add(std::move(job));
  scheduler.add(job_of(std::vector<Task>(5, task({}))));
  BOOST_TEST(starts(scheduler) == (Tasks{0, 3, 4, 5}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(reservations)

BOOST_AUTO_TEST_CASE(a_serial_task_starts_while_the_machine_is_still_empty)
{
  Scheduler scheduler({.cpu_milli = 2000});
  scheduler.add(job_of({task({.seconds = 9}), task({.serial = true}), task({})}));
  BOOST_TEST(starts(scheduler) == Tasks{1}, boost::test_tools::per_element());
  scheduler.finish({1}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == (Tasks{0, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(only_what_ends_in_time_runs_before_a_serial_task)
{
  Scheduler scheduler({.cpu_milli = 2000});
  scheduler.add(job_of({task({.seconds = 10}), task({.seconds = 4})}));
  BOOST_TEST(starts_at(scheduler, 0).size() == 2U);
  scheduler.add(job_of(
      {task({.serial = true}), task({.seconds = 7}), task({.seconds = 6}), task({.seconds = 2})}));
  scheduler.finish({1}, Outcome::succeeded);
  BOOST_TEST(starts_at(scheduler, 4) == Tasks{4}, boost::test_tools::per_element());
  scheduler.finish({4}, Outcome::succeeded);
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts_at(scheduler, 10) == Tasks{2}, boost::test_tools::per_element());
  BOOST_TEST(starts_at(scheduler, 10).empty());
}

BOOST_AUTO_TEST_CASE(a_wide_task_is_not_starved_by_narrow_ones)
{
  Scheduler scheduler({.cpu_milli = 2000});
  scheduler.add(job_of(std::vector<Task>(2, task({.seconds = 3}))));
  BOOST_TEST(starts(scheduler).size() == 2U);
  scheduler.add(job_of({task({.cpu_milli = 2000})}));
  scheduler.add(job_of(std::vector<Task>(50, task({.seconds = 3}))));
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler).empty());
  scheduler.finish({1}, Outcome::succeeded);
  BOOST_TEST(starts(scheduler) == Tasks{2}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_fits_beside_a_reserved_task_may_outlast_its_start)
{
  Scheduler scheduler({.cpu_milli = 4000});
  scheduler.add(job_of({task({.seconds = 5, .cpu_milli = 2000})}));
  starts_at(scheduler, 0);
  scheduler.add(job_of({task({.cpu_milli = 3000}), task({.seconds = 60}), task({.seconds = 50}),
                        task({.seconds = 5})}));
  BOOST_TEST(starts_at(scheduler, 0) == (Tasks{2, 4}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_task_that_waits_for_a_lock_reserves_nothing)
{
  Scheduler scheduler({.cpu_milli = 2000});
  scheduler.add(job_of({task({.seconds = 5, .locks = {"db"}})}));
  starts_at(scheduler, 0);
  scheduler.add(job_of({task({.cpu_milli = 2000, .locks = {"db"}}), task({.seconds = 60})}));
  BOOST_TEST(starts_at(scheduler, 0) == Tasks{2}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
