// The order in which `ctest -jN` starts tests, as facts about it: the peer of simulations.
#pragma once

#include "analyzer/schedule/scheduler.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace winnow::tests {

/// A run by `ctest -jN`: what failed last time comes first, then levels of predecessors, the
/// deepest first, each by cost, where what is not known costs nothing. Whoever is in front and fits
/// starts, nothing is held free for others.
class CTestRun {
 public:
  using Index = std::uint32_t;

  CTestRun(const schedule::Job& job, std::vector<std::int64_t> durations_us,
           const std::set<Index>& last_failed = {})
      : tasks_(job.tasks), durations_us_(std::move(durations_us)), slots_(*job.running_limit)
  {
    std::set<Index> level;
    for (Index task = 0; task < tasks_.size(); ++task) {
      if (last_failed.contains(task)) {
        waiting_.push_back(task);
      } else {
        level.insert(task);
      }
    }
    append_levels(level);
  }

  std::int64_t makespan_us()
  {
    start_next();
    while (!running_.empty()) {
      const auto next = std::ranges::min_element(running_, {}, &Running::end_us);
      now_us_ = next->end_us;
      ended_.insert(next->task);
      used_ -= slots_of(next->task);
      running_.erase(next);
      start_next(); // even where others end at the same moment
    }
    return now_us_;
  }

 private:
  struct Running {
    std::int64_t end_us = 0;
    Index task = 0;
  };

  void append_levels(std::set<Index> level)
  {
    std::vector<std::vector<Index>> levels;
    while (!level.empty()) {
      std::set<Index> deeper;
      for (const Index task : level) {
        for (const schedule::Predecessor& predecessor : tasks_[task].predecessors) {
          deeper.insert(predecessor.task);
        }
      }
      std::vector<Index> here;
      std::ranges::set_difference(level, deeper, std::back_inserter(here));
      std::ranges::stable_sort(here, std::ranges::greater(),
                               [&](Index task) { return tasks_[task].expected_us.value_or(0); });
      levels.push_back(here);
      level = std::move(deeper);
    }
    for (auto here = levels.rbegin(); here != levels.rend(); ++here) {
      for (const Index task : *here) {
        if (std::ranges::count(waiting_, task) == 0) {
          waiting_.push_back(task);
        }
      }
    }
  }

  void start_next()
  {
    for (const Index task : std::vector<Index>(waiting_)) {
      const bool is_alone = std::ranges::any_of(
          running_, [&](const Running& other) { return tasks_[other.task].demand.whole_machine; });
      if (is_alone || used_ >= slots_) {
        return;
      }
      if (may_start(task)) {
        std::erase(waiting_, task);
        running_.push_back({now_us_ + durations_us_[task], task});
        used_ += slots_of(task);
      }
    }
  }

  [[nodiscard]] bool may_start(Index task) const
  {
    const schedule::Demand& demand = tasks_[task].demand;
    const bool lock_is_held = std::ranges::any_of(running_, [&](const Running& other) {
      return std::ranges::find_first_of(demand.locks, tasks_[other.task].demand.locks) !=
             demand.locks.end();
    });
    return !lock_is_held && !(demand.whole_machine && !running_.empty()) &&
           used_ + slots_of(task) <= slots_ &&
           std::ranges::all_of(tasks_[task].predecessors,
                               [&](const schedule::Predecessor& predecessor) {
                                 return ended_.contains(predecessor.task);
                               });
  }

  [[nodiscard]] std::uint32_t slots_of(Index task) const
  {
    return std::min((tasks_[task].demand.cpu_milli + 999) / 1000, slots_);
  }

  const std::vector<schedule::Task>& tasks_;
  std::vector<std::int64_t> durations_us_;
  std::uint32_t slots_;
  std::uint32_t used_ = 0;
  std::int64_t now_us_ = 0;
  std::vector<Index> waiting_; ///< in ctest's order
  std::vector<Running> running_;
  std::set<Index> ended_;
};

} // namespace winnow::tests
