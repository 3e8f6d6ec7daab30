// How important it is to start each task of a job early.
#pragma once

#include "analyzer/schedule/scheduler.hpp"

#include <compare>
#include <cstdint>
#include <limits>
#include <vector>

namespace winnow::schedule {

/// Tasks that need much room start first: an empty machine, as at the start of a run, has it
/// without draining, and narrow tasks then fill the gaps.
enum class Width { whole_machine, wide, narrow };

/// Compares "before": a smaller rank starts earlier.
struct Rank {
  Width width = Width::narrow;
  std::int64_t shortness_us = 0; ///< the longest remaining path, negated
  bool known = false;            ///< unknown durations come first among equals
  std::int64_t reluctance = 0;   ///< the explicit priority, negated

  auto operator<=>(const Rank&) const = default;

  static constexpr Rank first()
  {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    return {Width::whole_machine, least, false, least};
  }

  static constexpr Rank last()
  {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    return {Width::narrow, most, true, most};
  }
};

/// Estimated durations: what is expected, else what nine of ten known tasks of the job stay below,
/// so that the unknown start early without pushing back the few longest; a second if none is known.
/// What an unknown one takes at least counts.
std::vector<std::int64_t> estimates(const std::vector<Task>& tasks);

/// For each task the longest time from its start to the end of what comes after it, in the order
/// of predecessors.
std::vector<std::int64_t> successor_paths(const std::vector<Task>& tasks,
                                          const std::vector<std::int64_t>& estimates_us);

/// For each task the longest time from its start to the end of all that waits for it: its
/// successors, and the tasks that take turns with it at a lock (a lock's tasks form a path in order
/// of length, and so do those of a pool, of which several run at once).
std::vector<std::int64_t> remaining_paths(const Job& job,
                                          const std::vector<std::int64_t>& estimates_us);

} // namespace winnow::schedule
