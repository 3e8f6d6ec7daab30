// A machine on which jobs come and go: the scheduler, a clock that jumps, and what ran when.
#pragma once

#include "analyzer/schedule/scheduler.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace winnow::tests {

class SimulatedMachine {
 public:
  explicit SimulatedMachine(const schedule::Capacity& capacity) : scheduler_(capacity) {}

  schedule::AddedJob add(const schedule::Job& job, const std::vector<std::int64_t>& durations_us)
  {
    schedule::AddedJob added = scheduler_.add(job);
    for (std::size_t index = 0; index < added.tasks.size(); ++index) {
      durations_us_[added.tasks[index]] = durations_us[index];
    }
    return added;
  }

  /// Starts what may start, and goes on to the next end; what ended, if anything ran.
  std::optional<schedule::TaskId> step()
  {
    for (const schedule::Action& action : scheduler_.next(now_us_)) {
      started_us_[action.task] = now_us_;
      running_.emplace_back(now_us_ + durations_us_.at(action.task), action.task);
    }
    if (running_.empty()) {
      return std::nullopt;
    }
    const auto next = std::ranges::min_element(running_);
    const schedule::TaskId task = next->second;
    now_us_ = next->first;
    running_.erase(next);
    scheduler_.finish(task, schedule::Outcome::succeeded);
    return task;
  }

  [[nodiscard]] std::int64_t now_us() const { return now_us_; }

  [[nodiscard]] std::optional<std::int64_t> started_us(schedule::TaskId task) const
  {
    const auto found = started_us_.find(task);
    return found == started_us_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  schedule::Scheduler scheduler_;
  std::int64_t now_us_ = 0;
  std::map<schedule::TaskId, std::int64_t> durations_us_;
  std::map<schedule::TaskId, std::int64_t> started_us_;
  std::vector<std::pair<std::int64_t, schedule::TaskId>> running_; ///< with their ends
};

} // namespace winnow::tests
