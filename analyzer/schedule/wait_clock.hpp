// What the tasks of one line wait for, over time.
#pragma once

#include "analyzer/model/waiting.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace winnow::schedule {

/// Tasks of one line wait for the same. Each knows only when it came; the line keeps the times, in
/// stretches with one cause, and of those the ones in which somebody came who still stands here.
class WaitClock {
 public:
  /// A task stands in line from now on.
  void join(std::int64_t now_us);
  /// One that joined then does no more: what it waited for.
  WaitTimes leave(std::int64_t joined_us, std::int64_t now_us);
  /// The same of one that does not start: nobody asks.
  void forget(std::int64_t joined_us);
  /// From now on all wait for this; `by` is the task that keeps them from it, if it is a single
  /// one.
  void note(WaitCause cause, std::optional<TaskId> by, std::int64_t now_us);

  [[nodiscard]] WaitCause cause() const;

  [[nodiscard]] const std::optional<TaskId>& by() const { return by_; }

 private:
  struct Stretch {
    WaitCause cause = WaitCause::nothing;
    std::uint32_t joined = 0; ///< of those who came meanwhile, how many still stand here
    WaitTimes before{};       ///< until it began, since there was anybody
  };

  using Stretches = std::map<std::int64_t, Stretch>; ///< by when they began

  /// Until then, of a time in this stretch.
  [[nodiscard]] static WaitTimes until(const Stretches::value_type& stretch, std::int64_t at_us);
  Stretches::iterator stretch_at(std::int64_t at_us);

  Stretches stretches_;
  std::optional<TaskId> by_;
  std::int64_t joined_last_us_ = 0;
  std::uint32_t joined_last_ = 0; ///< how many came then; a stretch may still begin then
};

} // namespace winnow::schedule
