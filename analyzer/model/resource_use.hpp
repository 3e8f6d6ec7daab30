// What the runs of a machine share, and what of it is taken at one moment.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

/// Of a counted kind.
struct CountedUse {
  std::string project; ///< "" for a kind of the machine
  std::string name;
  std::uint64_t capacity = 0;
  std::uint64_t used = 0; ///< more than the capacity where that has shrunk since

  auto operator<=>(const CountedUse&) const = default;
};

struct HeldLock {
  std::string project; ///< "" for a lock of the machine
  std::string name;

  auto operator<=>(const HeldLock&) const = default;
};

struct ResourceUse {
  std::uint64_t cpu_capacity_milli = 0;
  std::uint64_t cpu_milli = 0;     ///< by tests that compute
  std::uint64_t waiting_milli = 0; ///< by tests that mostly wait, for which it is there again
  std::uint64_t memory_capacity_bytes = 0; ///< 0: memory is not accounted
  std::uint64_t memory_bytes = 0;          ///< as stated, measured or guessed
  std::vector<CountedUse> resources;       ///< by project and name
  std::vector<HeldLock> locks;             ///< by project and name

  bool operator==(const ResourceUse&) const = default;
};

} // namespace winnow
