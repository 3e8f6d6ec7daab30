// So much of each countable resource: what a task takes, what a pool holds.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <limits>

namespace winnow::schedule {

/// Signed, so that a pool whose capacity shrank below what runs can owe. A kind of resource is a
/// member.
struct Amount {
  std::int64_t cpu_milli = 0;
  std::int64_t memory_bytes = 0;
  std::int64_t waiting_milli = 0; ///< cpu of tasks that mostly wait, which have room of their own
  std::int64_t slots = 0;         ///< places for tasks, as ctest's -j counts them

  auto operator<=>(const Amount&) const = default;

  Amount& operator+=(const Amount& other)
  {
    cpu_milli += other.cpu_milli;
    memory_bytes += other.memory_bytes;
    waiting_milli += other.waiting_milli;
    slots += other.slots;
    return *this;
  }

  Amount& operator-=(const Amount& other)
  {
    cpu_milli -= other.cpu_milli;
    memory_bytes -= other.memory_bytes;
    waiting_milli -= other.waiting_milli;
    slots -= other.slots;
    return *this;
  }

  friend Amount operator+(Amount left, const Amount& right) { return left += right; }

  friend Amount operator-(Amount left, const Amount& right) { return left -= right; }

  /// Whether each kind suffices.
  [[nodiscard]] bool fits_in(const Amount& room) const
  {
    return cpu_milli <= room.cpu_milli && memory_bytes <= room.memory_bytes &&
           waiting_milli <= room.waiting_milli && slots <= room.slots;
  }
};

/// Of a resource that is not limited; far from overflow when added up.
inline constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max() / 4;

inline Amount at_most(const Amount& wanted, const Amount& most)
{
  return {std::min(wanted.cpu_milli, most.cpu_milli),
          std::min(wanted.memory_bytes, most.memory_bytes),
          std::min(wanted.waiting_milli, most.waiting_milli), std::min(wanted.slots, most.slots)};
}

} // namespace winnow::schedule
