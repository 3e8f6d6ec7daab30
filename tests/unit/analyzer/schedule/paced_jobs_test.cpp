// Jobs whose tasks start only as they are permitted.
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

using Tasks = std::vector<std::uint32_t>;

Job paced(std::vector<Task> tasks)
{
  return {.lock_scope = "project", .tasks = std::move(tasks), .paced = true};
}

Task wide(std::uint32_t cpus)
{
  Task task;
  task.demand.cpu_milli = cpus * 1000;
  return task;
}

Task locked()
{
  Task task;
  task.demand.locks = {"db"};
  return task;
}

/// A machine of four cpus.
struct Machine {
  Tasks starts()
  {
    Tasks tasks;
    for (const Action& action : scheduler.next()) {
      BOOST_TEST((action.kind == Action::Kind::start));
      tasks.push_back(action.task.value);
    }
    return tasks;
  }

  Scheduler scheduler{{.cpu_milli = 4000, .memory_bytes = 0}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(paced_jobs, Machine)

BOOST_AUTO_TEST_CASE(each_permit_is_for_one_start)
{
  const JobId job = scheduler.add(paced({Task{}, Task{}, Task{}})).job;
  BOOST_TEST(starts().empty());
  BOOST_TEST(scheduler.wants_permit(job));
  BOOST_TEST(scheduler.set_permits(job, 2));
  BOOST_TEST(starts() == (Tasks{0, 1}), boost::test_tools::per_element());
  BOOST_TEST(scheduler.permits_left(job).value() == 0U);
  BOOST_TEST(starts().empty());
  BOOST_TEST(scheduler.wants_permit(job));
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts().empty());
}

BOOST_AUTO_TEST_CASE(a_wide_task_needs_one_permit)
{
  const JobId job = scheduler.add(paced({wide(3)})).job;
  scheduler.set_permits(job, 2);
  BOOST_TEST(starts() == Tasks{0}, boost::test_tools::per_element());
  BOOST_TEST(scheduler.permits_left(job).value() == 1U);
  BOOST_TEST(!scheduler.wants_permit(job));
}

BOOST_AUTO_TEST_CASE(no_permit_is_wanted_where_something_else_is_missing)
{
  const JobId job = scheduler.add(paced({locked(), locked()})).job;
  scheduler.set_permits(job, 1);
  BOOST_TEST(starts() == Tasks{0}, boost::test_tools::per_element());
  BOOST_TEST(starts().empty());
  BOOST_TEST(!scheduler.wants_permit(job)); // the lock is held
  scheduler.add({.lock_scope = "other", .tasks = {wide(3)}});
  BOOST_TEST(starts() == Tasks{2}, boost::test_tools::per_element());
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts().empty());
  BOOST_TEST(scheduler.wants_permit(job));
  const JobId other = scheduler.add(paced({wide(2)})).job;
  BOOST_TEST(starts().empty());
  BOOST_TEST(!scheduler.wants_permit(other)); // so much cpu is not free
  BOOST_TEST(scheduler.wants_permit(job));
}

BOOST_AUTO_TEST_CASE(other_jobs_start_beside_one_that_waits_for_permits)
{
  scheduler.add(paced({Task{}}));
  scheduler.add({.lock_scope = "project", .tasks = {Task{}, Task{}}});
  BOOST_TEST(starts() == (Tasks{1, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_runs_again_alone_needs_another_permit)
{
  const JobId job = scheduler.add(paced({Task{}, Task{}})).job;
  scheduler.set_permits(job, 2);
  BOOST_TEST(starts() == (Tasks{0, 1}), boost::test_tools::per_element());
  scheduler.restart_alone({1});
  BOOST_TEST(starts().empty());
  BOOST_TEST(!scheduler.wants_permit(job)); // the other one runs
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(starts().empty());
  BOOST_TEST(scheduler.wants_permit(job));
  scheduler.set_permits(job, 1);
  BOOST_TEST(starts() == Tasks{1}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(permits_may_be_needed_no_more)
{
  const JobId job = scheduler.add(paced({Task{}, Task{}})).job;
  BOOST_TEST(scheduler.set_permits(job, std::nullopt));
  BOOST_TEST(starts() == (Tasks{0, 1}), boost::test_tools::per_element());
  BOOST_TEST(!scheduler.set_permits(job, 0));
}

BOOST_AUTO_TEST_CASE(other_and_ended_jobs_take_no_permits)
{
  const JobId free = scheduler.add({.lock_scope = "project", .tasks = {Task{}}}).job;
  BOOST_TEST(!scheduler.set_permits(free, 0));
  BOOST_TEST(starts() == Tasks{0}, boost::test_tools::per_element());
  const JobId job = scheduler.add(paced({Task{}})).job;
  scheduler.cancel(job);
  BOOST_TEST(!scheduler.set_permits(job, 1));
  BOOST_TEST(!scheduler.wants_permit(job));
  BOOST_TEST(!scheduler.permits_left(job).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
