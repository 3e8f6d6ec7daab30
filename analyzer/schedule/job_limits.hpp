// What tasks take of the machine and of their job's own limits.
#pragma once

#include "analyzer/schedule/amount.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <compare>
#include <cstdint>

namespace winnow::schedule {

/// What decides whether a task fits; tasks of one shape are interchangeable to the resources.
struct Shape {
  std::uint32_t cpu_milli = 0;
  std::uint32_t pools = 0; ///< which demand of the pool table, 0 for none
  std::uint64_t memory_bytes = 0;
  bool whole_machine = false;
  bool cpu_is_guess = false; ///< which its job makes of what it has seen
  bool memory_is_guess = false;
  std::uint32_t resources = 0; ///< which demand of its job's, 0 for none

  auto operator<=>(const Shape&) const = default;
};

/// A task that takes no more is taken for one that waits. Such tasks are limited among themselves,
/// by as much cpu as there is, but take none from those that compute: one long sleep must not keep
/// a whole cpu idle because the rest of it is too little for anything.
inline constexpr std::uint32_t most_of_waiting_milli = 200;

/// The shape of a demand; nothing takes less than a thousandth of a cpu.
Shape shape_of(const Demand& demand);

/// All there is of each kind.
Amount amount_of(const Capacity& capacity);

class JobLimits {
 public:
  explicit JobLimits(const Job& job);

  [[nodiscard]] const Amount& all() const { return limits_; }

  /// How many tasks of a cpu each run at once: as many as the job asks for, if that is more than
  /// there are cpus.
  [[nodiscard]] std::uint32_t at_once(const Capacity& capacity) const;
  /// What there is for the job's tasks, in bytes; 0 where memory is not accounted.
  [[nodiscard]] std::uint64_t memory(const Capacity& capacity) const;
  /// What a task takes of the job's own limits, never more than all of them.
  [[nodiscard]] Amount of_job(const Shape& shape) const;
  /// What a task takes of the machine, never more than all of it. Where the job may run more at
  /// once than the machine has cpus, each of its tasks takes that much less.
  [[nodiscard]] Amount of_machine(const Shape& shape, const Capacity& capacity) const;

 private:
  Amount limits_{unlimited, unlimited, unlimited, unlimited};
};

} // namespace winnow::schedule
