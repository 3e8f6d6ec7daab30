// First runs, of which nothing is known: tests that wait and compute, on a machine that they share.
#include "analyzer/schedule/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

using namespace winnow::schedule;

namespace {

constexpr std::int64_t ms = 1000;
constexpr std::int64_t step_us = 10 * ms;
constexpr std::uint32_t cpus = 2;

struct Phase {
  bool computes = false;
  std::int64_t left_us = 0; ///< of waiting, or of cpu time
};

using Script = std::vector<Phase>; ///< of a test

struct RunningScript {
  TaskId task;
  Script left;
  std::int64_t started_us = 0;
  std::int64_t used_us = 0;
};

struct FirstRun {
  std::int64_t makespan_us = 0;
  std::size_t most_at_once = 0;
  std::int64_t crowded_us = 0; ///< in which more tests computed than three for each cpu
};

/// Computing tests share the cpus evenly; each test is looked at as the daemon does.
FirstRun first_run(const std::vector<Script>& scripts)
{
  Scheduler scheduler({.cpu_milli = cpus * 1000, .memory_bytes = 0});
  Task task;
  task.demand.cpu_is_guess = true;
  Job job;
  job.tasks = std::vector<Task>(scripts.size(), task);
  scheduler.add(job);
  std::vector<RunningScript> running;
  FirstRun run;
  std::int64_t now_us = 0;
  do {
    for (const Action& action : scheduler.next(now_us)) {
      running.push_back({action.task, scripts[action.task.value], now_us, 0});
    }
    run.most_at_once = std::max(run.most_at_once, running.size());
    const auto computing = std::ranges::count_if(
        running, [](const RunningScript& script) { return script.left.front().computes; });
    run.crowded_us += computing > 3 * std::int64_t{cpus} ? step_us : 0;
    now_us += step_us;
    for (RunningScript& script : running) {
      Phase& phase = script.left.front();
      const bool shares = phase.computes && computing > std::int64_t{cpus};
      phase.left_us -= shares ? step_us * std::int64_t{cpus} / computing : step_us;
      script.used_us += phase.computes ? step_us : 0; // or it waited for a cpu
      if (phase.left_us <= 0) {
        script.left.erase(script.left.begin());
      }
    }
    std::erase_if(running, [&](const RunningScript& script) {
      if (script.left.empty()) {
        scheduler.finish(script.task, Outcome::succeeded);
      } else if (now_us % (50 * ms) == 0 && now_us - script.started_us >= 80 * ms) {
        scheduler.observe(script.task, {now_us, script.used_us, {}, script.left.front().computes});
      }
      return script.left.empty();
    });
  } while (!running.empty() || scheduler.waiting_count() > 0);
  run.makespan_us = now_us;
  return run;
}

/// max(longest test, work ÷ cpus): no schedule is shorter.
std::int64_t bound_us(const std::vector<Script>& scripts)
{
  std::int64_t longest = 0;
  std::int64_t work = 0;
  for (const Script& script : scripts) {
    std::int64_t sum = 0;
    for (const Phase& phase : script) {
      sum += phase.left_us;
      work += phase.computes ? phase.left_us : 0;
    }
    longest = std::max(longest, sum);
  }
  return std::max(longest, work / cpus);
}

double ratio(const std::vector<Script>& scripts)
{
  return static_cast<double>(first_run(scripts).makespan_us) /
         static_cast<double>(bound_us(scripts));
}

/// 40 to 120 tests, of which so many in a hundred wait, after a short start, and others compute, or
/// compute between waits.
std::vector<Script> suite(std::uint32_t seed, int waiting_percent)
{
  std::mt19937 random(seed);
  const auto between = [&](std::int64_t from, std::int64_t to) {
    return std::uniform_int_distribution<std::int64_t>(from, to)(random);
  };
  std::vector<Script> scripts(static_cast<std::size_t>(between(40, 120)));
  for (Script& script : scripts) {
    if (between(0, 99) < waiting_percent) {
      script = {{true, between(1, 60) * ms}, {false, between(1000, 6000) * ms}};
    } else if (between(0, 3) > 0) {
      script = {{true, between(200, 2000) * ms}};
    } else {
      script = {{true, between(50, 500) * ms},
                {false, between(300, 1500) * ms},
                {true, between(50, 500) * ms}};
    }
  }
  return scripts;
}

std::vector<double> ratios(int waiting_percent)
{
  std::vector<double> all;
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    all.push_back(ratio(suite(seed, waiting_percent)));
  }
  std::sort(all.begin(), all.end());
  return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(learning_runs)

BOOST_AUTO_TEST_CASE(sixty_waiting_tests_take_little_longer_than_the_longest)
{
  std::vector<Script> scripts;
  for (std::int64_t test = 0; test < 60; ++test) {
    scripts.push_back({{true, 5 * ms}, {false, (1000 + 150 * test) * ms}});
  }
  const FirstRun run = first_run(scripts);
  BOOST_TEST(run.most_at_once == 60U);
  BOOST_TEST(run.makespan_us <= bound_us(scripts) + 1000 * ms);
}

BOOST_AUTO_TEST_CASE(computing_tests_are_not_started_beside_each_other)
{
  const std::vector<Script> scripts(60, Script{{true, 500 * ms}});
  const FirstRun run = first_run(scripts);
  BOOST_TEST(run.most_at_once == cpus);
  BOOST_TEST(run.makespan_us <= bound_us(scripts) * 11 / 10);
}

BOOST_AUTO_TEST_CASE(first_runs_are_near_the_bound)
{
  for (const int waiting_percent : {0, 30, 70, 95}) {
    const std::vector<double> all = ratios(waiting_percent);
    BOOST_TEST_MESSAGE(waiting_percent << " in a hundred wait: median " << all[50] << ", p95 "
                                       << all[95] << ", most " << all[99]);
    BOOST_TEST(all.front() >= 1.0);
    BOOST_TEST(all[50] <= 1.5);
    BOOST_TEST(all[95] <= 1.9);
  }
}

BOOST_AUTO_TEST_SUITE_END()
