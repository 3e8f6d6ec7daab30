// Machines that lose cpus or memory, or get more, while tests wait.
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <utility>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

constexpr std::int64_t ms = 1000;

/// The order of starts on one cpu after the other.
std::vector<std::uint32_t> order(Scheduler& scheduler)
{
  std::vector<std::uint32_t> order;
  for (std::vector<Action> actions = scheduler.next(0); !actions.empty();
       actions = scheduler.next(0)) {
    for (const Action& action : actions) {
      order.push_back(action.task.value);
      scheduler.finish(action.task, Outcome::succeeded);
    }
  }
  return order;
}

Task locked()
{
  Task task;
  task.demand.locks = {"db"};
  return task;
}

Task wide(std::uint32_t cpus)
{
  Task task;
  task.demand.cpu_milli = cpus * 1000;
  task.expected_us = 1000 * ms;
  return task;
}

} // namespace

BOOST_AUTO_TEST_SUITE(changed_machines)

BOOST_AUTO_TEST_CASE(a_task_wider_than_what_is_left_runs_with_all_of_it)
{
  Scheduler scheduler({.cpu_milli = 8000, .memory_bytes = 1000});
  Task large = wide(8);
  large.demand.memory_bytes = 1000;
  Job job;
  job.tasks = {wide(1), large};
  scheduler.add(std::move(job));
  scheduler.set_capacity({.cpu_milli = 1000, .memory_bytes = 100});
  BOOST_TEST(order(scheduler).size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_has_become_wide_starts_as_early_as_wide_ones_do)
{
  Scheduler scheduler({.cpu_milli = 16000, .memory_bytes = 0});
  Task longer = wide(1);
  longer.expected_us = 5000 * ms;
  Job job;
  job.tasks = {longer, wide(4)};
  scheduler.add(std::move(job));
  scheduler.set_capacity({.cpu_milli = 4000, .memory_bytes = 0});
  BOOST_TEST(order(scheduler) == (std::vector<std::uint32_t>{1, 0}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(and_what_has_become_narrow_does_not)
{
  Scheduler scheduler({.cpu_milli = 4000, .memory_bytes = 0});
  Task longer = wide(1);
  longer.expected_us = 5000 * ms;
  Job job;
  job.tasks = {longer, wide(4)};
  scheduler.add(std::move(job));
  scheduler.set_capacity({.cpu_milli = 16000, .memory_bytes = 0});
  BOOST_TEST(order(scheduler) == (std::vector<std::uint32_t>{0, 1}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_line_at_a_lock_is_in_order_again)
{
  Scheduler scheduler({.cpu_milli = 16000, .memory_bytes = 0});
  Task holder = locked();
  holder.expected_us = 9000 * ms;
  Task longer = locked();
  longer.expected_us = 5000 * ms;
  Task broad = wide(4);
  broad.demand.locks = {"db"};
  Job job;
  job.tasks = {holder, longer, broad};
  scheduler.add(std::move(job));
  BOOST_TEST(scheduler.next(0).size() == 1U); // the others wait at the lock
  scheduler.set_capacity({.cpu_milli = 4000, .memory_bytes = 0});
  scheduler.finish({0}, Outcome::succeeded);
  BOOST_TEST(order(scheduler) == (std::vector<std::uint32_t>{2, 1}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(more_runs_than_is_left_until_it_has_ended)
{
  Scheduler scheduler({.cpu_milli = 4000, .memory_bytes = 0});
  Job job;
  job.tasks = std::vector<Task>(6, wide(1));
  scheduler.add(std::move(job));
  BOOST_TEST(scheduler.next(0).size() == 4U);
  scheduler.set_capacity({.cpu_milli = 1000, .memory_bytes = 0});
  for (std::uint32_t task = 0; task < 3; ++task) {
    scheduler.finish({task}, Outcome::succeeded);
    BOOST_TEST(scheduler.next(0).empty());
  }
  scheduler.finish({3}, Outcome::succeeded);
  BOOST_TEST(scheduler.next(0).size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
