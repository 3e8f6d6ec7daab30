// What running tasks are seen to use, and what that says of tasks like them.
#pragma once

#include <cstdint>
#include <optional>

namespace winnow::schedule {

/// What a running task has used since it started.
struct Usage {
  std::int64_t at_us = 0; ///< now, of any clock that does not go back
  /// Cpu time, and the time in which it could have run but no cpu was free: a task that others hold
  /// back is not taken for one that waits.
  std::int64_t cpu_us = 0;
  std::optional<std::uint64_t> memory_bytes; ///< at most, of all its processes
  bool is_ready = false; ///< at this moment it computes, or would if there were a cpu
};

/// A task with a share of a cpu below this waits rather than computes.
inline constexpr std::uint32_t waiting_below_milli = 100;
/// So much any task takes: it bounds how many that wait run at once, fifty for each cpu.
inline constexpr std::uint32_t least_cpu_milli = 20;

/// The demand of a task that uses this share of a cpu: a whole one unless it waits, and then twice
/// what it uses, in few different sizes.
std::uint32_t cpu_for_share(std::int64_t share_milli);

/// The demand of a task that used so many bytes: an eighth more at most, in few different sizes,
/// since tasks of one demand are looked at as one.
std::uint64_t memory_for_peak(std::uint64_t peak_bytes);

/// Of one running task: it takes what was guessed until it was quiet for a moment or computes, and
/// a whole cpu again as soon as it wakes up.
class ObservedCpu {
 public:
  ObservedCpu(std::int64_t started_us, std::uint32_t guess_milli)
      : began_us_(started_us),
        last_{started_us, 0, {}, false},
        quiet_since_(last_),
        demand_milli_(guess_milli)
  {}

  /// Usages that follow each other within a few milliseconds say nothing and are passed over. One
  /// of less cpu time than before begins anew.
  void add(const Usage& usage);

  [[nodiscard]] std::uint32_t demand_milli() const { return demand_milli_; }

  /// The same, once it has run long enough to say something of others.
  [[nodiscard]] std::optional<std::uint32_t> seen_milli() const;

 private:
  std::int64_t began_us_;
  Usage last_;
  Usage quiet_since_;
  std::uint32_t demand_milli_;
};

/// Of one running task: what it has now is not all that it will have as long as it grows.
class ObservedMemory {
 public:
  explicit ObservedMemory(std::int64_t started_us) : grew_us_(started_us), last_us_(started_us) {}

  /// In few different sizes, so that a page more is no growth.
  void add(std::int64_t at_us, std::uint64_t bytes);

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

  /// Whether it has not grown for a moment.
  [[nodiscard]] bool has_settled() const;

 private:
  std::int64_t grew_us_;
  std::int64_t last_us_;
  std::uint64_t bytes_ = 0;
};

/// What is observed of a running task of which something is not known.
struct ObservedTask {
  std::optional<ObservedCpu> cpu;
  std::optional<ObservedMemory> memory;
  std::optional<std::uint64_t> counted_bytes; ///< of its memory, in what is expected of others
};

/// The mean of what was seen of tasks of which it was not known before, or the most.
class Observations {
 public:
  /// Another task is observed, or the same that was seen to take `before`.
  void add(std::uint64_t amount, std::optional<std::uint64_t> before);

  /// What to expect of the next: at first what is expected when nothing is known, and ever nearer
  /// to the mean.
  [[nodiscard]] std::uint64_t expected(std::uint64_t nothing_known) const;

  /// From now on no less than the most: the mean was not enough.
  void expect_the_most() { expects_the_most_ = true; }

 private:
  std::uint64_t sum_ = 0;
  std::uint64_t count_ = 0;
  std::uint64_t most_ = 0;
  bool expects_the_most_ = false;
};

} // namespace winnow::schedule
