// How short the machine is of memory and of cpu at this moment.
#pragma once

#include "daemon/execute/cgroup_directories.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace winnow::execute {

/// Of the time, how much tasks were held up (format: the kernel's accounting/psi.rst).
struct Stall {
  double avg10 = 0;           ///< percent of the last ten seconds
  std::uint64_t total_us = 0; ///< since the machine or the group was started
};

struct PressureStall {
  std::optional<Stall> some; ///< at least one task was held up
  std::optional<Stall> full; ///< all were; of cpu only a group has it
};

struct MemoryPressure {
  std::optional<PressureStall> memory; ///< of the machine; unset where the kernel does not tell
  std::optional<PressureStall> cpu;
  std::optional<PressureStall> group_memory; ///< of our own cgroup, v2 only
  std::optional<PressureStall> group_cpu;
  std::optional<std::uint64_t> available_bytes; ///< of the machine, without swapping
  std::uint64_t swap_bytes = 0;                 ///< 0: none
  std::uint64_t free_swap_bytes = 0;
  /// Below the limit of the cgroup that is nearest to its own, with the file cache that it would
  /// give up; unset where none has a limit.
  std::optional<std::uint64_t> below_limit_bytes;
  /// How many processes the kernel has killed for want of memory: of the cgroup if it counts them,
  /// else of the machine.
  std::optional<std::uint64_t> oom_kills;

  /// What could be taken: the lesser of the machine's and the group's.
  [[nodiscard]] std::optional<std::uint64_t> free_bytes() const;
};

/// Nothing if the text has neither line.
std::optional<PressureStall> parse_pressure(std::string_view text);

/// As it is now. What it means for who runs is decided elsewhere.
MemoryPressure memory_pressure(const CgroupDirectories& groups);

} // namespace winnow::execute
