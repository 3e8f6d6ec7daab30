// The tasks of one job that only wait for room, found by importance and by how long they take.
#pragma once

#include "analyzer/schedule/job_limits.hpp"
#include "analyzer/schedule/ranks.hpp"
#include "analyzer/schedule/scheduler.hpp"
#include "analyzer/schedule/wait_clock.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

namespace winnow::schedule {

/// A task in line: more important ones order first.
struct Place {
  Rank rank;
  TaskId task;

  auto operator<=>(const Place&) const = default;
};

/// Tasks by shape, in each shape by importance and by estimate: every question costs
/// O(log tasks) for one shape, however many tasks wait.
class ReadyQueue {
 public:
  void insert(const Shape& shape, const Place& place, std::int64_t estimate_us);
  void erase(const Shape& shape, const Place& place, std::int64_t estimate_us);

  [[nodiscard]] bool empty() const { return lines_.empty(); }

  class Line {
   public:
    /// The most important task; a line in a queue is never empty.
    [[nodiscard]] const Place& best() const { return *by_rank_.begin(); }

    /// The longest task that takes no longer than this, the most important among equals.
    [[nodiscard]] std::optional<Place> longest_within(std::int64_t limit_us) const;

    [[nodiscard]] std::size_t size() const { return by_rank_.size(); }

    [[nodiscard]] const WaitClock& clock() const { return clock_; }

    [[nodiscard]] WaitClock& clock() { return clock_; }

   private:
    friend class ReadyQueue;

    struct Timed {
      std::int64_t shortness = 0; ///< the estimate, negated: the longest orders first
      Place place;

      auto operator<=>(const Timed&) const = default;
    };

    std::set<Place> by_rank_;
    std::set<Timed> by_estimate_;
    WaitClock clock_;
  };

  [[nodiscard]] const std::map<Shape, Line>& lines() const { return lines_; }

  [[nodiscard]] std::map<Shape, Line>& lines() { return lines_; }

 private:
  std::map<Shape, Line> lines_;
};

} // namespace winnow::schedule
