// Tasks that have run, and are to run once more some time later.
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

using Tasks = std::vector<std::uint32_t>;

Task locked(std::vector<Predecessor> predecessors = {})
{
  Task task;
  task.demand.locks = {"db"};
  task.predecessors = std::move(predecessors);
  return task;
}

/// A machine of one cpu.
struct Machine {
  JobId add(std::vector<Task> tasks)
  {
    return scheduler.add({.lock_scope = "project", .tasks = std::move(tasks)}).job;
  }

  Tasks starts()
  {
    Tasks tasks;
    for (const Action& action : scheduler.next()) {
      BOOST_TEST((action.kind == Action::Kind::start));
      tasks.push_back(action.task.value);
    }
    return tasks;
  }

  void check_starts(const Tasks& expected)
  {
    BOOST_TEST(starts() == expected, boost::test_tools::per_element());
  }

  Scheduler scheduler{{.cpu_milli = 1000, .memory_bytes = 0}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(suspended_tasks, Machine)

BOOST_AUTO_TEST_CASE(leave_what_they_occupied_to_others)
{
  add({locked(), locked()});
  check_starts({0});
  scheduler.suspend({0});
  BOOST_TEST(scheduler.running_count() == 0U);
  BOOST_TEST(scheduler.waiting_count() == 2U);
  check_starts({1});
  scheduler.resume({0});
  check_starts({}); // the other has the lock
  scheduler.finish({1}, Outcome::succeeded);
  check_starts({0});
  BOOST_TEST(scheduler.waiting_count() == 0U);
}

BOOST_AUTO_TEST_CASE(let_wait_what_comes_after_them)
{
  add({Task{}, locked({{0, After::order}})});
  check_starts({0});
  scheduler.suspend({0});
  check_starts({});
  scheduler.resume({0});
  check_starts({0});
  scheduler.finish({0}, Outcome::failed);
  check_starts({1});
}

BOOST_AUTO_TEST_CASE(can_end_without_being_resumed)
{
  add({Task{}, locked({{0, After::success}})});
  check_starts({0});
  scheduler.suspend({0});
  scheduler.finish({0}, Outcome::failed);
  const std::vector<Action> actions = scheduler.next();
  BOOST_REQUIRE(actions.size() == 1U);
  BOOST_TEST((actions[0].kind == Action::Kind::give_up));
  BOOST_TEST(scheduler.waiting_count() == 0U);
}

BOOST_AUTO_TEST_CASE(are_forgotten_by_a_cancel)
{
  const JobId job = add({locked(), locked(), Task{}});
  check_starts({0});
  scheduler.suspend({0});
  BOOST_TEST(scheduler.cancel(job).size() == 3U);
  BOOST_TEST(scheduler.waiting_count() == 0U);
  check_starts({});
}

BOOST_AUTO_TEST_CASE(stay_through_a_cancel_that_keeps_them)
{
  const JobId job = add({locked(), locked()});
  check_starts({0});
  scheduler.suspend({0});
  BOOST_TEST(scheduler.cancel(job, {{0}}).size() == 1U);
  scheduler.resume({0});
  check_starts({0});
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(scheduler.running_count() == 0U);
}

BOOST_AUTO_TEST_CASE(keep_their_turn)
{
  Job job{.lock_scope = "project", .tasks = {Task{}, Task{}}};
  job.in_turns = true;
  scheduler.add(std::move(job));
  check_starts({0});
  scheduler.suspend({0});
  check_starts({});
  scheduler.resume({0});
  check_starts({0});
  scheduler.finish({0}, Outcome::succeeded);
  check_starts({1});
}

BOOST_AUTO_TEST_CASE(must_have_run)
{
  add({Task{}});
  BOOST_CHECK_THROW(scheduler.suspend({0}), std::logic_error);
  check_starts({0});
  BOOST_CHECK_THROW(scheduler.resume({0}), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
