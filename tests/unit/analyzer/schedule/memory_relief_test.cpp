// Who ends when memory runs out, and runs again alone.
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

constexpr std::int64_t ms = 1000;

using Lines = std::vector<std::string>;

/// A machine with room for many tasks of 100 bytes.
struct Machine {
  void add(std::vector<Task> tasks)
  {
    Job job;
    job.lock_scope = "project";
    job.tasks = std::move(tasks);
    add(std::move(job));
  }

  void add(Job job) { scheduler.add(std::move(job)); }

  /// "start 0", "end 1"
  Lines next()
  {
    Lines lines;
    for (const Action& action : scheduler.next(now_us)) {
      const char* const kind = action.kind == Action::Kind::start ? "start "
                               : action.kind == Action::Kind::end ? "end "
                                                                  : "give up ";
      lines.push_back(kind + std::to_string(action.task.value));
    }
    return lines;
  }

  void check_next(const Lines& expected)
  {
    BOOST_TEST(next() == expected, boost::test_tools::per_element());
  }

  void have(const std::vector<std::uint32_t>& tasks, std::uint64_t bytes)
  {
    for (const std::uint32_t task : tasks) {
      scheduler.observe({task}, {now_us + 100 * ms, 0, bytes});
    }
  }

  void press() { scheduler.set_pressure(Pressure::ends_one); }

  std::int64_t now_us = 0;
  Scheduler scheduler{{.cpu_milli = 8000, .memory_bytes = 1000}};
};

Task locked()
{
  Task task;
  task.demand.locks = {"db"};
  return task;
}

Task started()
{
  Task task;
  task.demand.memory_bytes = 100;
  return task;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(memory_relief, Machine)

BOOST_AUTO_TEST_CASE(the_youngest_ends_once_for_each_call)
{
  add({started(), started(), started()});
  check_next({"start 0", "start 1", "start 2"});
  have({0, 1, 2}, 100);
  press();
  check_next({"end 2"});
  check_next({});
  press();
  check_next({}); // what it has is not back yet
  scheduler.restart_alone({2});
  press();
  check_next({"end 1"});
}

BOOST_AUTO_TEST_CASE(nothing_starts_under_pressure_while_something_runs)
{
  scheduler.set_pressure(Pressure::of_memory);
  add({started(), started()});
  check_next({"start 0"});
  check_next({});
  scheduler.finish({0}, Outcome::succeeded);
  check_next({"start 1"});
  add({started(), started()});
  check_next({});
  scheduler.set_pressure(Pressure::none);
  check_next({"start 2", "start 3"});
}

BOOST_AUTO_TEST_CASE(what_holds_something_goes_on)
{
  Task setup = started();
  setup.restarts = false;
  add({started(), locked(), setup});
  check_next({"start 0", "start 1", "start 2"});
  have({0, 1, 2}, 100);
  press();
  check_next({"end 0"});
}

BOOST_AUTO_TEST_CASE(what_has_slots_of_a_resource_goes_on)
{
  Job job;
  job.tasks = {started(), started()};
  job.tasks[1].demand.resource_groups.push_back({{.kind = "gpus", .slots = 1}});
  job.resource_spec = ResourceSpec{"spec.json", {{"gpus", {{"0", 1}}}}};
  add(std::move(job));
  check_next({"start 1", "start 0"});
  have({0, 1}, 100);
  press();
  check_next({"end 0"});
  scheduler.restart_alone({0});
  add({started()});
  scheduler.set_pressure(Pressure::none);
  check_next({"start 2"});
  have({2}, 100);
  scheduler.finish({2}, Outcome::succeeded);
  press();
  check_next({}); // the other has a slot
}

BOOST_AUTO_TEST_CASE(none_ends_of_those_that_would_not_help)
{
  add({started(), started()});
  check_next({"start 0", "start 1"});
  press();
  check_next({}); // nobody knows that they have anything
  have({0, 1}, 5);
  press();
  check_next({});
  have({0}, 100);
  press();
  check_next({"end 0"});
}

BOOST_AUTO_TEST_CASE(the_last_one_goes_on)
{
  add({started()});
  check_next({"start 0"});
  have({0}, 2000);
  press();
  check_next({});
}

BOOST_AUTO_TEST_CASE(none_ends_of_a_job_whose_tests_do_not_restart)
{
  Job job;
  job.tasks = {started(), started()};
  job.restarts = false;
  add(std::move(job));
  check_next({"start 0", "start 1"});
  have({0, 1}, 100);
  press();
  check_next({});
}

BOOST_AUTO_TEST_CASE(one_that_ended_by_itself_has_ended)
{
  add({started(), started()});
  check_next({"start 0", "start 1"});
  have({0, 1}, 100);
  press();
  check_next({"end 1"});
  scheduler.finish({1}, Outcome::succeeded);
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(scheduler.running_count() == 0U);
  BOOST_TEST(scheduler.waiting_count() == 0U);
}

BOOST_AUTO_TEST_CASE(it_runs_again_in_the_end_when_nothing_else_does)
{
  add({started(), started(), started(), started()});
  scheduler.set_capacity({.cpu_milli = 2000, .memory_bytes = 1000});
  check_next({"start 0", "start 1"});
  have({0, 1}, 100);
  press();
  check_next({"end 1"});
  scheduler.set_pressure(Pressure::none);
  scheduler.restart_alone({1});
  BOOST_TEST(scheduler.waiting_count() == 3U);
  check_next({"start 2"});
  scheduler.finish({0}, Outcome::succeeded);
  check_next({"start 3"});
  scheduler.finish({2}, Outcome::succeeded);
  check_next({});
  scheduler.finish({3}, Outcome::succeeded);
  check_next({"start 1"});
  add({started()});
  check_next({}); // not beside it
  have({1}, 900);
  press();
  check_next({});
  scheduler.set_pressure(Pressure::none);
  scheduler.finish({1}, Outcome::succeeded);
  check_next({"start 4"});
}

BOOST_AUTO_TEST_CASE(what_comes_after_it_waits_for_it)
{
  Task after = started();
  after.predecessors = {{1, After::order}};
  Task longest = started();
  longest.expected_us = 9000 * ms;
  Task shorter = started();
  shorter.expected_us = after.expected_us = 1000 * ms;
  add({longest, shorter, after});
  check_next({"start 0", "start 1"});
  have({0, 1}, 100);
  press();
  check_next({"end 1"});
  scheduler.set_pressure(Pressure::none);
  scheduler.restart_alone({1});
  check_next({});
  scheduler.finish({0}, Outcome::succeeded);
  check_next({"start 1"});
  check_next({});
  scheduler.finish({1}, Outcome::succeeded);
  check_next({"start 2"});
}

BOOST_AUTO_TEST_CASE(a_cancel_forgets_what_waits_to_run_alone)
{
  Job job;
  job.tasks = {started(), started()};
  const AddedJob added = scheduler.add(std::move(job));
  check_next({"start 0", "start 1"});
  scheduler.restart_alone({1});
  BOOST_TEST(scheduler.cancel(added.job).size() == 1U);
  scheduler.finish({0}, Outcome::succeeded);
  check_next({});
}

/// Of tasks of which nobody knows what they need.
BOOST_AUTO_TEST_CASE(who_died_of_memory_makes_others_be_expected_to_need_as_much)
{
  Task unknown;
  unknown.demand.memory_is_guess = true;
  Job job;
  job.tasks = std::vector<Task>(40, unknown);
  scheduler.add(std::move(job));
  const Lines first = next(); // a quarter of the memory for all cpus together
  BOOST_TEST(first.size() == 8U);
  have({0}, 600);
  scheduler.restart_alone({0});
  for (std::uint32_t task = 1; task < 8; ++task) {
    scheduler.finish({task}, Outcome::succeeded);
  }
  BOOST_TEST(next().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
