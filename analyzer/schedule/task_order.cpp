// Turns predecessors around, sorts by them, finds what cannot be sorted.
#include "analyzer/schedule/task_order.hpp"

#include <algorithm>

namespace winnow::schedule {

Successors::Successors(const std::vector<Task>& tasks) : first_(tasks.size() + 1, 0)
{
  for (const Task& task : tasks) {
    for (const Predecessor& predecessor : task.predecessors) {
      ++first_[predecessor.task + 1];
    }
  }
  for (std::size_t task = 1; task < first_.size(); ++task) {
    first_[task] += first_[task - 1];
  }
  entries_.resize(first_.back());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::uint32_t task = 0; task < tasks.size(); ++task) {
    for (const Predecessor& predecessor : tasks[task].predecessors) {
      entries_[next[predecessor.task]++] = {task, predecessor.after};
    }
  }
}

std::vector<std::uint32_t> topological_order(const std::vector<Task>& tasks)
{
  const Successors successors(tasks);
  std::vector<std::size_t> missing;
  std::vector<std::uint32_t> order;
  order.reserve(tasks.size());
  for (std::uint32_t task = 0; task < tasks.size(); ++task) {
    missing.push_back(tasks[task].predecessors.size());
    if (missing.back() == 0) {
      order.push_back(task);
    }
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    const std::uint32_t task = order[next];
    for (auto after = successors.begin_of(task); after != successors.end_of(task); ++after) {
      if (--missing[after->task] == 0) {
        order.push_back(after->task);
      }
    }
  }
  return order;
}

std::vector<std::uint32_t> find_cycle(const std::vector<Task>& tasks)
{
  const std::vector<std::uint32_t> order = topological_order(tasks);
  if (order.size() == tasks.size()) {
    return {};
  }
  std::vector<bool> sorted(tasks.size(), false);
  for (const std::uint32_t task : order) {
    sorted[task] = true;
  }
  // Each unsorted task has an unsorted predecessor: walking backwards must come around.
  constexpr std::uint32_t unseen = ~std::uint32_t{0};
  std::vector<std::uint32_t> seen_at(tasks.size(), unseen);
  std::vector<std::uint32_t> walk;
  auto task =
      static_cast<std::uint32_t>(std::find(sorted.begin(), sorted.end(), false) - sorted.begin());
  while (seen_at[task] == unseen) {
    seen_at[task] = static_cast<std::uint32_t>(walk.size());
    walk.push_back(task);
    const auto& predecessors = tasks[task].predecessors;
    task =
        std::find_if(predecessors.begin(), predecessors.end(), [&](const Predecessor& predecessor) {
          return !sorted[predecessor.task];
        })->task;
  }
  walk.erase(walk.begin(), walk.begin() + seen_at[task]);
  std::reverse(walk.begin(), walk.end());
  return walk;
}

} // namespace winnow::schedule
