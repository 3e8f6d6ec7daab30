// Longest remaining paths through predecessors and locks.
#include "analyzer/schedule/ranks.hpp"

#include "analyzer/schedule/task_order.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace winnow::schedule {
namespace {

constexpr std::int64_t unknown_task_us = 1'000'000;

/// The longest path from each task's start through its successors; a task's path is at least
/// `floor`.
std::vector<std::int64_t> paths(const std::vector<Task>& tasks,
                                const std::vector<std::uint32_t>& order,
                                const std::vector<std::int64_t>& estimates_us,
                                std::vector<std::int64_t> floor)
{
  std::vector<std::int64_t> after(tasks.size(), 0);
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    floor[*at] = std::max(floor[*at], estimates_us[*at] + after[*at]);
    for (const Predecessor& predecessor : tasks[*at].predecessors) {
      after[predecessor.task] = std::max(after[predecessor.task], floor[*at]);
    }
  }
  return floor;
}

/// The tasks of a lock run one after another, the one with the longest path first: each is followed
/// by all the shorter ones.
std::vector<std::int64_t> lock_paths(const std::vector<Task>& tasks,
                                     const std::vector<std::int64_t>& estimates_us,
                                     const std::vector<std::int64_t>& own_path)
{
  std::map<std::string_view, std::vector<std::uint32_t>> users;
  for (auto task = static_cast<std::uint32_t>(tasks.size()); task-- > 0;) {
    for (const std::string& lock : tasks[task].demand.locks) {
      users[lock].push_back(task);
    }
  }
  std::vector<std::int64_t> floor(tasks.size(), 0);
  for (auto& [lock, turns] : users) {
    std::stable_sort(turns.begin(), turns.end(), [&](std::uint32_t left, std::uint32_t right) {
      return own_path[left] < own_path[right];
    });
    std::int64_t sum = 0;
    for (const std::uint32_t task : turns) {
      sum += estimates_us[task];
      floor[task] = std::max(floor[task], sum);
    }
  }
  return floor;
}

/// The tasks of a pool share its units, those with the longest path first: each is followed by the
/// shorter ones as fast as the pool allows. A rank needs no more.
void add_pool_paths(const Job& job, const std::vector<std::int64_t>& estimates_us,
                    const std::vector<std::int64_t>& own_path, std::vector<std::int64_t>& floor)
{
  std::map<std::string_view, std::vector<std::pair<std::uint32_t, double>>> users;
  for (auto task = static_cast<std::uint32_t>(job.tasks.size()); task-- > 0;) {
    for (const ResourceCount& wanted : job.tasks[task].demand.pools) {
      users[wanted.name].emplace_back(task, wanted.count);
    }
  }
  for (auto& [name, turns] : users) {
    const auto declared = std::ranges::find(job.pools, name, &ResourceCount::name);
    const double there_are = declared == job.pools.end() ? 1 : std::max(declared->count, 1U);
    std::ranges::stable_sort(turns, {}, [&](const auto& turn) { return own_path[turn.first]; });
    double sum = 0;
    for (const auto& [task, count] : turns) {
      sum += static_cast<double>(estimates_us[task]) * std::min(count / there_are, 1.0);
      floor[task] = std::max(floor[task], static_cast<std::int64_t>(sum));
    }
  }
}

} // namespace

std::vector<std::int64_t> estimates(const std::vector<Task>& tasks)
{
  std::vector<std::int64_t> known;
  for (const Task& task : tasks) {
    if (task.expected_us) {
      known.push_back(std::max<std::int64_t>(*task.expected_us, 0));
    }
  }
  std::int64_t unknown = unknown_task_us;
  if (!known.empty()) {
    const auto high = known.begin() + static_cast<std::ptrdiff_t>((known.size() - 1) * 9 / 10);
    std::nth_element(known.begin(), high, known.end());
    unknown = *high;
  }
  std::vector<std::int64_t> result;
  result.reserve(tasks.size());
  for (const Task& task : tasks) {
    const std::int64_t guess = std::max(unknown, task.at_least_us);
    result.push_back(std::max<std::int64_t>(task.expected_us.value_or(guess), 0));
  }
  return result;
}

std::vector<std::int64_t> successor_paths(const std::vector<Task>& tasks,
                                          const std::vector<std::int64_t>& estimates_us)
{
  return paths(tasks, topological_order(tasks), estimates_us,
               std::vector<std::int64_t>(tasks.size(), 0));
}

std::vector<std::int64_t> remaining_paths(const Job& job,
                                          const std::vector<std::int64_t>& estimates_us)
{
  const std::vector<Task>& tasks = job.tasks;
  const std::vector<std::uint32_t> order = topological_order(tasks);
  const std::vector<std::int64_t> own =
      paths(tasks, order, estimates_us, std::vector<std::int64_t>(tasks.size(), 0));
  std::vector<std::int64_t> floor = lock_paths(tasks, estimates_us, own);
  add_pool_paths(job, estimates_us, own, floor);
  return paths(tasks, order, estimates_us, std::move(floor));
}

} // namespace winnow::schedule
