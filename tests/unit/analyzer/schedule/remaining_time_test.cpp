// How near the end that is foretold is to the end that comes, over generated workloads.
#include "analyzer/schedule/remaining_time.hpp"
#include "analyzer/schedule/simulate.hpp"
#include "tests/support/generated_workload.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::schedule;
using tests::Dice;
using tests::Workload;

namespace {

/// What is known of a run before it starts.
enum class Known {
  exactly,
  roughly,   ///< each within a fifth
  elsewhere, ///< the same, and all are slower or faster by up to a quarter
  partly,    ///< every fifth test is new
  nothing
};

/// Every other workload has locks, serial, wide and heavy tests.
Workload generate(std::uint32_t seed, Known known, std::int64_t tests_per_cpu)
{
  Dice dice(seed);
  Workload workload;
  const std::int64_t cpus = dice.between(1, 8);
  workload.capacity = {static_cast<std::uint32_t>(cpus * 1000), dice.one_in(2) ? 1000U : 0U, {}};
  const std::int64_t speed_percent = dice.between(80, 125);
  const std::int64_t measured_percent = known == Known::elsewhere ? speed_percent : 100;
  const bool is_demanding = seed % 2 == 1;
  for (std::int64_t index = 0; index < cpus * tests_per_cpu; ++index) {
    Task task;
    const std::int64_t duration = 1000 * dice.between(1, dice.one_in(10) ? 1000 : 100);
    workload.durations_us.push_back(duration);
    if (known == Known::roughly || known == Known::elsewhere) {
      task.expected_us = duration * dice.between(80, 120) / measured_percent;
    } else if (known == Known::exactly || (known == Known::partly && !dice.one_in(5))) {
      task.expected_us = duration;
    }
    if (index > 0 && dice.one_in(6)) {
      task.predecessors.push_back(
          {static_cast<std::uint32_t>(dice.between(0, index - 1)), After::success});
    }
    if (is_demanding) {
      task.demand.memory_bytes = static_cast<std::uint64_t>(dice.between(0, 250));
      if (dice.one_in(20)) {
        task.demand.cpu_milli = static_cast<std::uint32_t>(1000 * dice.between(1, cpus + 1));
      }
      if (dice.one_in(12)) {
        task.demand.locks = {"lock" + std::to_string(dice.between(0, 2))};
      }
      task.demand.whole_machine = dice.one_in(40);
    }
    workload.job.tasks.push_back(std::move(task));
  }
  return workload;
}

/// How far the run was at a time.
std::vector<TaskProgress> progress_at(const Simulation& simulation, std::int64_t at_us)
{
  std::vector<TaskProgress> progress;
  for (const SimulatedTask& task : simulation.tasks) {
    if (task.ended_us <= at_us) {
      progress.push_back({TaskState::ended, task.ended_us - task.started_us});
    } else if (task.started_us <= at_us) {
      progress.push_back({TaskState::running, at_us - task.started_us});
    } else {
      progress.push_back({});
    }
  }
  return progress;
}

/// Of the whole time of the run, how much too early or late its end was foretold after this share
/// of it.
std::optional<double> error_after(Workload workload, double share)
{
  const Simulation simulation = simulate(workload.job, workload.capacity, workload.durations_us);
  const auto at_us = static_cast<std::int64_t>(static_cast<double>(simulation.makespan_us) * share);
  const auto left = remaining_us(workload.job, workload.capacity, progress_at(simulation, at_us));
  if (!left) {
    return std::nullopt;
  }
  return std::abs(static_cast<double>(at_us + *left - simulation.makespan_us)) /
         static_cast<double>(simulation.makespan_us);
}

struct Errors {
  double median = 0;
  double p95 = 0;
};

Errors errors(Known known, std::int64_t tests_per_cpu, std::uint32_t count, const char* what)
{
  std::vector<double> all;
  for (std::uint32_t seed = 0; seed < count; ++seed) {
    all.push_back(error_after(generate(seed, known, tests_per_cpu), 0.2).value_or(1));
  }
  std::ranges::sort(all);
  const Errors result{all[all.size() / 2], all[all.size() * 95 / 100]};
  BOOST_TEST_MESSAGE(what << ", " << tests_per_cpu << " tests a cpu: median " << result.median
                          << ", p95 " << result.p95);
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_remaining_time)

BOOST_AUTO_TEST_CASE(after_a_fifth_is_as_near_as_what_is_known_allows)
{
  constexpr double any = 1e9;

  struct Row {
    const char* what;
    Known known;
    std::int64_t tests_per_cpu;
    std::uint32_t workloads;
    Errors most;
  };

  const std::vector<Row> rows{
      {"known", Known::exactly, 30, 300, {0.01, 0.05}},
      {"known roughly", Known::roughly, 30, 300, {0.05, 0.13}},
      // By then only the longest tests have run, or still do.
      {"known from another machine", Known::elsewhere, 30, 300, {0.08, 0.22}},
      {"every fifth unknown", Known::partly, 30, 300, {0.10, any}},
      {"unknown", Known::nothing, 30, 300, {0.35, any}},
      {"unknown, but many", Known::nothing, 200, 100, {0.15, any}},
      {"so many that the bound is taken", Known::exactly, 400, 40, {0.02, 0.05}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.what)
    {
      const Errors found = errors(row.known, row.tests_per_cpu, row.workloads, row.what);
      BOOST_TEST(found.median <= row.most.median);
      BOOST_TEST(found.p95 <= row.most.p95);
    }
  }
}

BOOST_AUTO_TEST_CASE(is_not_known_before_anything_is)
{
  Job job;
  job.tasks.resize(2);
  const std::vector<TaskProgress> nothing(2);
  BOOST_TEST(!remaining_us(job, {.cpu_milli = 1000}, nothing).has_value());
  const std::vector<TaskProgress> one_done{{TaskState::ended, 500}, {}};
  BOOST_TEST(remaining_us(job, {.cpu_milli = 1000}, one_done).value() == 500);
}

BOOST_AUTO_TEST_CASE(is_what_unknown_tests_take_at_least)
{
  Job job;
  job.tasks.resize(2);
  job.tasks[0].at_least_us = 7000;
  const std::vector<TaskProgress> nothing(2);
  BOOST_TEST(!remaining_us(job, {.cpu_milli = 2000}, nothing).has_value()); // of the other one
  job.tasks[1].expected_us = 1000;
  BOOST_TEST(remaining_us(job, {.cpu_milli = 2000}, nothing).value() == 7000);
}

BOOST_AUTO_TEST_CASE(of_what_runs_counts_what_is_left_of_it)
{
  Job job;
  job.tasks.resize(3);
  for (Task& task : job.tasks) {
    task.expected_us = 1000;
  }
  const std::vector<TaskProgress> progress{{TaskState::ended, 1000}, {TaskState::running, 400}, {}};
  BOOST_TEST(remaining_us(job, {.cpu_milli = 1000}, progress).value() == 1600);
  BOOST_TEST(remaining_us(job, {.cpu_milli = 2000}, progress).value() == 1000);
}

BOOST_AUTO_TEST_CASE(is_nothing_where_all_has_ended)
{
  Job job;
  job.tasks.resize(1);
  const std::vector<TaskProgress> done{{TaskState::ended, 7}};
  BOOST_TEST(remaining_us(job, {}, done).value() == 0);
}

BOOST_AUTO_TEST_CASE(counts_what_was_seen_of_tests_that_wait)
{
  // Sixty sleepers, of which nobody knew: forty have run at once, and twenty are left.
  Job job;
  job.tasks.resize(60);
  std::vector<TaskProgress> progress(60);
  for (std::size_t task = 0; task < job.tasks.size(); ++task) {
    job.tasks[task].demand.cpu_is_guess = true;
    if (task < 40) {
      job.tasks[task].demand.cpu_milli = 20;
      progress[task] = {TaskState::ended, 1'000'000};
    }
  }
  BOOST_TEST(remaining_us(job, {.cpu_milli = 2000}, progress).value() == 1'000'000);
}

/// What asks for resources that there are not never runs, and must not stop the rest.
BOOST_AUTO_TEST_CASE(leaves_out_what_can_never_run)
{
  Job job;
  job.tasks.resize(2);
  job.tasks[0].expected_us = job.tasks[1].expected_us = 1000;
  job.tasks[0].demand.resource_groups = {{{"gpus", 2}}};
  job.resource_spec = ResourceSpec{};
  const std::vector<TaskProgress> waiting(2);
  BOOST_TEST(remaining_us(job, {.cpu_milli = 1000}, waiting).value() == 1000);
}

BOOST_AUTO_TEST_SUITE_END()
