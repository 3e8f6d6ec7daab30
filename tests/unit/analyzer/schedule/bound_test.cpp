// What the bound of a job is said to be.
#include "analyzer/schedule/bound.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;

namespace {

constexpr Capacity two_cpus{.cpu_milli = 2000, .memory_bytes = 100};

Task task_of(std::uint32_t cpu_milli = 1000)
{
  Task task;
  task.demand.cpu_milli = cpu_milli;
  return task;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_bound)

BOOST_AUTO_TEST_CASE(of_a_chain_names_its_tasks_in_order)
{
  Job job{.tasks = {task_of(), task_of(), task_of(), task_of()}};
  job.tasks[0].predecessors = {{2, After::order}};
  job.tasks[2].predecessors = {{3, After::order}, {1, After::order}};
  const Bound bound = bound_of(job, two_cpus, std::vector<std::int64_t>{10, 1, 20, 30});
  BOOST_TEST(bound.us == 60);
  BOOST_CHECK(bound.by == BoundBy::longest_path);
  BOOST_TEST((bound.path == std::vector<std::uint32_t>{3, 2, 0}));
}

BOOST_AUTO_TEST_CASE(is_the_scarcest_of_what_there_is)
{
  Task heavy = task_of(100);
  heavy.demand.memory_bytes = 100;
  Task locked = task_of();
  locked.demand.locks = {"db", "db"};
  Task serial = task_of();
  serial.demand.whole_machine = true;

  struct Case {
    BoundBy by;
    Job job;
    std::int64_t us;
  };

  const Case cases[] = {
      {BoundBy::cpu, {.tasks = {task_of(), task_of(), task_of(), task_of()}}, 20},
      {BoundBy::waiting, {.tasks = std::vector<Task>(100, task_of(200))}, 100},
      {BoundBy::memory, {.tasks = {heavy, heavy, heavy}}, 30},
      {BoundBy::job_limit, {.tasks = {task_of(100), task_of(100)}, .running_limit = 1}, 20},
      {BoundBy::lock, {.tasks = {locked, locked, locked}}, 30},
      {BoundBy::cpu, {.tasks = {serial, serial}}, 20},
  };
  for (const Case& one : cases) {
    BOOST_TEST_CONTEXT(name_of(one.by))
    {
      const std::vector<std::int64_t> durations_us(one.job.tasks.size(), 10);
      const Bound bound = bound_of(one.job, two_cpus, durations_us);
      BOOST_TEST(bound.us == one.us);
      BOOST_CHECK(bound.by == one.by);
      BOOST_TEST(bound.path.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(of_a_lock_beside_serial_tasks_has_both)
{
  Task locked = task_of();
  locked.demand.locks = {"db"};
  Task serial = task_of();
  serial.demand.whole_machine = true;
  const Job job{.tasks = {locked, locked, serial}};
  const Bound bound = bound_of(job, two_cpus, std::vector<std::int64_t>{10, 10, 5});
  BOOST_TEST(bound.us == 25);
  BOOST_CHECK(bound.by == BoundBy::lock);
  BOOST_TEST(bound.lock == "db");
}

BOOST_AUTO_TEST_CASE(of_nothing_is_none)
{
  BOOST_TEST(bound_of({}, two_cpus, {}).us == 0);
}

BOOST_AUTO_TEST_CASE(counted_kinds_bound_it)
{
  Job job;
  job.pools = {{"gpu", 3}};
  for (const std::uint32_t count : {1U, 2U, 2U, 3U}) {
    job.tasks.emplace_back().demand.pools = {{"gpu", count}};
  }
  const std::vector<std::int64_t> durations_us{30, 10, 10, 10};
  const Bound work = bound_of(job, {.cpu_milli = 8000}, durations_us);
  BOOST_TEST((work.by == BoundBy::resource));
  BOOST_TEST(work.lock == "gpu");
  BOOST_TEST(work.us == 34); // (30 + 20 + 20 + 30) / 3
  job.tasks[0].demand.pools.clear();
  const std::vector<std::int64_t> short_us{1, 10, 10, 10};
  BOOST_TEST(bound_of(job, {.cpu_milli = 8000}, short_us).us == 30); // no two of them fit
}

BOOST_AUTO_TEST_SUITE_END()
