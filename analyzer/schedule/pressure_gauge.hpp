// How short the machine is of memory and of cpu, and what has to follow from it.
#pragma once

#include <cstdint>
#include <optional>

namespace winnow::schedule {

/// What was read of the machine at one moment.
struct MachineReading {
  std::int64_t at_us = 0;                  ///< of any clock that does not go back
  std::uint64_t memory_bytes = 0;          ///< all there is; 0: nobody knows
  std::optional<std::uint64_t> free_bytes; ///< of it; unset: nobody knows
  /// How long tasks have been held up for want of memory so far: some of them, and all.
  std::optional<std::uint64_t> memory_some_us;
  std::optional<std::uint64_t> memory_full_us;
  bool stalls_are_ours = false; ///< those of the tests' own cgroup, not of the whole machine
  std::optional<std::uint64_t> cpu_some_us;
  std::uint32_t cpus = 1;
  std::uint32_t running_tests = 0;
  std::uint32_t ready_processes = 0; ///< of them, that compute or would if there were a cpu
};

enum class Pressure {
  none,
  of_cpu,    ///< nothing starts as long as anything runs
  of_memory, ///< the same
  ends_one   ///< of memory, so that one of those that run has to end for others to go on
};

/// One part in so many of the memory stays free, whoever has the rest: nothing starts that would
/// take it.
inline constexpr std::uint64_t memory_kept_free = 16;

/// Where half of what is kept free is gone and use grows, or a quarter is left of it, or the next
/// reading would find nothing at the pace of the last, one test is ended, and so where for a second
/// everything was held up for a fifth of the time. The machine's stalls count only where its memory
/// is scarce: somebody else's group may be at its own limit. Cpus that are short end nothing; they
/// stop starts where tests have several processes each that wait for one. What is short stays so
/// until it is well above the limit again.
class PressureGauge {
 public:
  /// Readings of the same moment say the same.
  Pressure read(const MachineReading& now);

  /// Whether memory is, or is soon, so short that the next reading should come early.
  [[nodiscard]] bool is_near() const { return is_near_; }

 private:
  [[nodiscard]] bool reads_stalls(const MachineReading& now);
  [[nodiscard]] bool is_free_memory_critical(const MachineReading& now);
  void heed_cpu(const MachineReading& now);

  std::optional<MachineReading> window_began_; ///< in which stalls are added up
  std::optional<std::uint64_t> last_free_bytes_;
  int full_windows_ = 0; ///< one after the other in which all were held up
  std::int64_t cpu_share_milli_ = 0;
  bool memory_is_short_ = false;
  bool memory_stalls_ = false;
  bool cpu_is_short_ = false;
  bool is_near_ = false;
};

} // namespace winnow::schedule
