// Units of counted kinds: never more than there are, and nobody who waits for many is overtaken.
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

constexpr std::int64_t second = 1'000'000;

using Counts = std::vector<ResourceCount>;
using Tasks = std::vector<std::uint32_t>;

/// A task that only waits: cpus are no matter here.
Task task(Counts pools, std::int64_t seconds = 1)
{
  Task result;
  result.expected_us = seconds * second;
  result.demand.cpu_milli = 20;
  result.demand.pools = std::move(pools);
  return result;
}

Job job_of(std::vector<Task> tasks, Counts pools, std::string scope = "project")
{
  return {.lock_scope = std::move(scope), .tasks = std::move(tasks), .pools = std::move(pools)};
}

struct Machine {
  Tasks starts(std::int64_t at_s = 0)
  {
    Tasks tasks;
    for (const Action& action : scheduler.next(at_s * second)) {
      tasks.push_back(action.task.value);
    }
    return tasks;
  }

  void check_starts(const Tasks& expected, std::int64_t at_s = 0)
  {
    BOOST_TEST(starts(at_s) == expected, boost::test_tools::per_element());
  }

  void finish(std::uint32_t task) { scheduler.finish({task}, Outcome::succeeded); }

  Scheduler scheduler{{.cpu_milli = 8000, .memory_bytes = 0}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(pools, Machine)

BOOST_AUTO_TEST_CASE(no_more_run_than_there_are_units)
{
  scheduler.add(job_of(std::vector<Task>(5, task({{"license", 1}})), {{"license", 2}}));
  check_starts({0, 1});
  finish(0);
  check_starts({2});
}

BOOST_AUTO_TEST_CASE(jobs_of_one_project_share_them)
{
  scheduler.add(job_of({task({{"license", 1}})}, {{"license", 1}}));
  scheduler.add(job_of({task({{"license", 1}})}, {{"license", 1}}));
  scheduler.add(job_of({task({{"license", 1}})}, {{"license", 1}}, "another project"));
  check_starts({0, 2});
  finish(0);
  check_starts({1});
}

BOOST_AUTO_TEST_CASE(those_of_the_machine_are_shared_by_all_projects)
{
  scheduler.add(job_of({task({{"machine:gpu", 1}})}, {{"machine:gpu", 1}}, "a"));
  scheduler.add(job_of({task({{"machine:gpu", 1}})}, {{"machine:gpu", 1}}, "b"));
  check_starts({0});
}

BOOST_AUTO_TEST_CASE(other_tasks_do_not_wait_for_them)
{
  scheduler.add(job_of({task({{"license", 1}}, 9), task({{"license", 1}}, 8), task({}), task({})},
                       {{"license", 1}}));
  check_starts({0, 2, 3});
}

BOOST_AUTO_TEST_CASE(of_several_kinds_all_must_be_there)
{
  scheduler.add(job_of({task({{"a", 1}}, 9), task({{"a", 1}, {"b", 1}}, 8), task({{"b", 1}}, 7)},
                       {{"a", 1}, {"b", 1}}));
  // What ends before the first may take b; the last does.
  check_starts({0, 2});
  finish(0);
  check_starts({});
  finish(2);
  check_starts({1});
}

BOOST_AUTO_TEST_CASE(one_that_wants_many_is_not_overtaken_by_other_jobs)
{
  scheduler.add(job_of({task({{"license", 1}}, 9), task({{"license", 3}}, 6)}, {{"license", 3}}));
  scheduler.add(job_of(std::vector<Task>(99, task({{"license", 1}}, 8)), {{"license", 3}}));
  // The jobs take turns; then it is the one of three units that is next, and two end before the
  // first does.
  check_starts({2, 0, 3});
  finish(2);
  finish(3);
  check_starts({}, 8);
  finish(0);
  check_starts({1}, 9);
}

BOOST_AUTO_TEST_CASE(a_promise_outlives_what_comes_later)
{
  scheduler.add(job_of(std::vector<Task>(2, task({{"license", 1}}, 9)), {{"license", 2}}));
  check_starts({0, 1});
  scheduler.add(job_of({task({{"license", 2}}, 9)}, {{"license", 2}}));
  check_starts({}, 1);
  scheduler.add(job_of(std::vector<Task>(5, task({{"license", 1}}, 30)), {{"license", 2}}));
  finish(0);
  check_starts({}, 2); // one unit is free, and is kept
  finish(1);
  check_starts({2}, 3);
}

BOOST_AUTO_TEST_CASE(what_ends_in_time_runs_before_a_promise)
{
  scheduler.add(job_of({task({{"license", 1}}, 9)}, {{"license", 2}}));
  check_starts({0});
  scheduler.add(
      job_of({task({{"license", 2}}, 30), task({{"license", 1}}, 20), task({{"license", 1}}, 8)},
             {{"license", 2}}));
  check_starts({3}, 0);
  finish(3);
  check_starts({}, 8);
  finish(0);
  check_starts({1}, 9);
}

BOOST_AUTO_TEST_CASE(one_that_wants_more_than_there_are_has_them_alone)
{
  scheduler.add(job_of({task({{"license", 5}}, 9), task({{"license", 1}})}, {{"license", 2}}));
  check_starts({0});
  finish(0);
  check_starts({1});
}

BOOST_AUTO_TEST_CASE(of_an_undeclared_kind_one_task_has_some_at_a_time)
{
  scheduler.add(job_of({task({{"license", 1}}, 9), task({{"license", 1}}, 8)}, {}));
  check_starts({0});
}

BOOST_AUTO_TEST_CASE(the_newest_job_says_how_many_there_are)
{
  scheduler.add(job_of(std::vector<Task>(3, task({{"license", 1}})), {{"license", 1}}));
  check_starts({0});
  scheduler.add(job_of({task({})}, {{"license", 3}}));
  check_starts({3, 1, 2});
}

BOOST_AUTO_TEST_CASE(a_suspended_task_leaves_its_units_to_others)
{
  scheduler.add(job_of({task({{"license", 1}}, 9), task({{"license", 1}}, 8)}, {{"license", 1}}));
  check_starts({0});
  scheduler.suspend({0});
  check_starts({1});
  scheduler.resume({0});
  check_starts({});
  finish(1);
  check_starts({0});
}

BOOST_AUTO_TEST_CASE(a_cancelled_task_needs_no_promise)
{
  scheduler.add(job_of({task({{"license", 1}}, 9)}, {{"license", 2}}));
  const AddedJob wide = scheduler.add(job_of({task({{"license", 2}}, 9)}, {{"license", 2}}));
  check_starts({0});
  scheduler.cancel(wide.job);
  scheduler.add(job_of({task({{"license", 1}}, 30)}, {{"license", 2}}));
  check_starts({2}, 1);
}

BOOST_AUTO_TEST_CASE(a_task_that_waits_for_cpus_keeps_its_units)
{
  Task wide = task({{"license", 1}}, 9);
  wide.demand.cpu_milli = 8000;
  Task narrow = task({});
  narrow.demand.cpu_milli = 1000;
  scheduler.add(job_of({narrow}, {{"license", 1}}));
  check_starts({0});
  scheduler.add(job_of({wide, task({{"license", 1}}, 30)}, {{"license", 1}}));
  check_starts({}, 0);
  finish(0);
  check_starts({1}, 1);
}

BOOST_AUTO_TEST_CASE(who_waits_for_them_knows)
{
  const AddedJob added = scheduler.add(
      job_of({task({{"license", 1}}, 9), task({{"license", 1}}, 8)}, {{"license", 1}}));
  check_starts({0});
  const std::vector<WaitingTasks> waiting = scheduler.waiting(added.job);
  BOOST_REQUIRE(waiting.size() == 1U);
  BOOST_TEST((waiting[0].cause == WaitCause::slots));
  BOOST_TEST(waiting[0].name == "license");
}

BOOST_AUTO_TEST_CASE(their_use_is_told)
{
  Task locked = task({{"license", 2}});
  locked.demand.locks = {"database"};
  scheduler.add(job_of({locked}, {{"machine:gpu", 1}, {"license", 3}}));
  check_starts({0});
  const ResourceUse use = scheduler.use();
  BOOST_REQUIRE(use.resources.size() == 2U);
  BOOST_TEST(use.resources[0].project == "");
  BOOST_TEST(use.resources[0].name == "machine:gpu");
  BOOST_TEST(use.resources[0].used == 0U);
  BOOST_TEST(use.resources[1].project == "project");
  BOOST_TEST(use.resources[1].name == "license");
  BOOST_TEST(use.resources[1].used == 2U);
  BOOST_TEST(use.resources[1].capacity == 3U);
  BOOST_REQUIRE(use.locks.size() == 1U);
  BOOST_TEST(use.locks[0].name == "database");
  BOOST_TEST(use.waiting_milli == 20);
}

BOOST_AUTO_TEST_SUITE_END()
