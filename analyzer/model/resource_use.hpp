// What the runs of a machine share, and what of it is taken at one moment.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

/// What there is so little of that nothing starts beside what runs, whatever it asks for.
enum class Shortage { none, cpu, memory };

constexpr std::string_view name_of(Shortage shortage)
{
  switch (shortage) {
  case Shortage::cpu:
    return "cpu";
  case Shortage::memory:
    return "memory";
  default:
    return "none";
  }
}

struct PressureState {
  Shortage of = Shortage::none;
  std::int64_t for_us = 0;        ///< so long already
  std::uint64_t tests_ended = 0;  ///< by Winnow, for want of memory, since the daemon began
  std::uint64_t tests_killed = 0; ///< the same, by the kernel

  auto operator<=>(const PressureState&) const = default;
};

struct ResourceUse {
  std::uint64_t cpu_capacity_milli = 0;
  std::uint64_t cpu_milli = 0;     ///< by tests that compute
  std::uint64_t waiting_milli = 0; ///< by tests that mostly wait, for which it is there again
  std::uint64_t memory_capacity_bytes = 0;             ///< 0: memory is not accounted
  std::uint64_t memory_bytes = 0;                      ///< as stated, measured or guessed
  std::vector<CountedUse> resources;                   ///< by project and name
  std::vector<HeldLock> locks;                         ///< by project and name
  std::optional<std::uint64_t> memory_free_bytes = {}; ///< of the machine's, by whomever
  PressureState pressure = {};

  bool operator==(const ResourceUse&) const = default;
};

} // namespace winnow
