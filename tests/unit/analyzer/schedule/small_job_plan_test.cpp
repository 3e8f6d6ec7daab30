// Small jobs against the shortest schedules there are.
#include "analyzer/schedule/simulate.hpp"
#include "analyzer/schedule/small_job_plan.hpp"
#include "tests/support/generated_workload.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

using namespace winnow::schedule;
using winnow::tests::Workload;

namespace {

/// Every schedule in which each task starts at the beginning or when another ends, by what is left:
/// some schedule of that kind is a shortest one.
class EverySchedule {
 public:
  explicit EverySchedule(const Workload& workload)
      : tasks_(workload.job.tasks), capacity_(workload.capacity)
  {
    for (const std::int64_t duration_us : workload.durations_us) {
      ms_.push_back(static_cast<int>(duration_us / 1000));
    }
  }

  int least_ms() { return least({}, {}); }

 private:
  using Running = std::map<std::size_t, int>; ///< the time that each still takes
  using Ended = std::vector<std::size_t>;     ///< ascending

  int least(const Running& running, const Ended& ended)
  {
    if (ended.size() == tasks_.size()) {
      return 0;
    }
    const auto [entry, is_new] = known_.try_emplace({running, ended}, 0);
    if (!is_new) {
      return entry->second;
    }
    int shortest =
        running.empty() ? std::numeric_limits<int>::max() : after_next_end(running, ended);
    for (std::size_t task = 0; task < tasks_.size(); ++task) {
      if (may_start(task, running, ended)) {
        Running more = running;
        more[task] = ms_[task];
        shortest = std::min(shortest, least(more, ended));
      }
    }
    return known_[{running, ended}] = shortest;
  }

  int after_next_end(const Running& running, Ended ended)
  {
    int next = std::numeric_limits<int>::max();
    for (const auto& [task, left] : running) {
      next = std::min(next, left);
    }
    Running others;
    for (const auto& [task, left] : running) {
      if (left == next) {
        ended.push_back(task);
      } else {
        others[task] = left - next;
      }
    }
    std::sort(ended.begin(), ended.end());
    return next + least(others, ended);
  }

  [[nodiscard]] bool may_start(std::size_t task, const Running& running, const Ended& ended) const
  {
    if (running.contains(task) || std::ranges::count(ended, task) != 0) {
      return false;
    }
    const Demand& wanted = tasks_[task].demand;
    std::int64_t cpu = wanted.cpu_milli;
    auto memory = static_cast<std::int64_t>(wanted.memory_bytes);
    for (const auto& [other, left] : running) {
      const Demand& taken = tasks_[other].demand;
      cpu += taken.cpu_milli;
      memory += static_cast<std::int64_t>(taken.memory_bytes);
      const bool share_a_lock = std::ranges::any_of(wanted.locks, [&](const std::string& lock) {
        return std::ranges::count(taken.locks, lock) != 0;
      });
      if (wanted.whole_machine || taken.whole_machine || share_a_lock) {
        return false;
      }
    }
    return cpu <= capacity_.cpu_milli &&
           memory <= static_cast<std::int64_t>(capacity_.memory_bytes) &&
           std::ranges::all_of(tasks_[task].predecessors, [&](const Predecessor& predecessor) {
             return std::ranges::count(ended, predecessor.task) != 0;
           });
  }

  const std::vector<Task>& tasks_;
  Capacity capacity_;
  std::vector<int> ms_;
  std::map<std::pair<Running, Ended>, int> known_;
};

/// Of a job whose tasks are equally important.
std::optional<SmallJobPlan> plan_of(const Job& job, const Capacity& capacity)
{
  return small_job_plan(job, capacity, std::vector<Rank>(job.tasks.size()));
}

} // namespace

BOOST_AUTO_TEST_SUITE(small_job_plans)

BOOST_AUTO_TEST_CASE(plans_of_small_jobs_are_the_shortest_schedules_and_are_kept)
{
  int as_short = 0;
  std::vector<double> ratios;
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    const Workload workload = winnow::tests::small_workload(seed, seed % 2 == 1);
    const std::int64_t least_us = 1000 * EverySchedule(workload).least_ms();
    const auto plan = plan_of(workload.job, workload.capacity);
    BOOST_REQUIRE(plan.has_value());
    BOOST_TEST_CONTEXT("seed " << seed)
    {
      BOOST_TEST(plan->makespan_us == least_us);
    }
    const std::int64_t taken_us =
        simulate(workload.job, workload.capacity, workload.durations_us).makespan_us;
    ratios.push_back(static_cast<double>(taken_us) / static_cast<double>(least_us));
    as_short += taken_us == least_us ? 1 : 0;
  }
  BOOST_TEST_MESSAGE(as_short << " of " << ratios.size() << " are as short as possible, most "
                              << winnow::tests::quantile(ratios, 1));
  BOOST_TEST(*std::min_element(ratios.begin(), ratios.end()) >= 1.0);
  BOOST_TEST(as_short >= 985);
  BOOST_TEST(winnow::tests::quantile(ratios, 1) <= 1.25);
}

BOOST_AUTO_TEST_CASE(the_longest_are_not_first_where_another_order_is_shorter)
{
  // By the longest path first: 3, 3 and then both 2 beside each other, which leaves the last 2
  // alone.
  Job job;
  for (const std::int64_t ms : {3, 3, 2, 2, 2}) {
    Task task;
    task.expected_us = ms * 1000;
    job.tasks.push_back(task);
  }
  const std::vector<std::int64_t> durations_us = {3000, 3000, 2000, 2000, 2000};
  BOOST_TEST(simulate(job, {.cpu_milli = 2000}, durations_us).makespan_us == 6000);
}

BOOST_AUTO_TEST_CASE(a_task_is_as_important_as_what_the_plan_has_behind_it)
{
  std::vector<Rank> ranks = {{Width::narrow, -9}, {Width::narrow, -5}, {Width::wide, -1}};
  follow({.order = {1, 0, 2}}, ranks);
  BOOST_TEST((ranks[1] < ranks[0]));
  BOOST_TEST((ranks[0] < ranks[2]));
  const std::vector<Rank> before = ranks;
  follow({.order = {1, 0, 2}}, ranks);
  BOOST_TEST((ranks == before));
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_not_planned)
{
  Task known;
  known.expected_us = 1000;
  Task guessed = known;
  guessed.demand.cpu_is_guess = true;
  const Capacity capacity{.cpu_milli = 2000};
  BOOST_TEST(plan_of({.tasks = {known, known}}, capacity).has_value());
  BOOST_TEST(!plan_of({.tasks = {known, Task{}}}, capacity).has_value());
  BOOST_TEST(!plan_of({.tasks = {known, guessed}}, capacity).has_value());
  BOOST_TEST(!plan_of({.tasks = {known}, .in_turns = true}, capacity).has_value());
  const std::vector<Task> many(most_planned_tasks + 1, known);
  BOOST_TEST(!plan_of({.tasks = many}, capacity).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
