// Limits, and how far above them what was short has to be again.
#include "analyzer/schedule/pressure_gauge.hpp"

#include <algorithm>

namespace winnow::schedule {
namespace {

constexpr std::int64_t window_us = 500'000;
constexpr std::int64_t stop_at_some_milli = 100;
constexpr std::int64_t go_on_at_some_milli = 50;
constexpr std::int64_t end_at_full_milli = 200;
constexpr int windows_to_end = 2;
constexpr std::int64_t stop_at_cpu_milli = 900;
constexpr std::uint32_t stop_at_ready_each = 4;
constexpr std::uint32_t go_on_at_ready_each = 2;

/// Of the time between two readings, how much was stalled.
std::int64_t share_milli(std::optional<std::uint64_t> from, std::optional<std::uint64_t> to,
                         std::int64_t time_us)
{
  if (!from || !to || *to < *from || time_us <= 0) {
    return 0;
  }
  return static_cast<std::int64_t>(*to - *from) * 1000 / time_us;
}

} // namespace

Pressure PressureGauge::read(const MachineReading& now)
{
  const bool stalled = reads_stalls(now);
  const bool critical = is_free_memory_critical(now);
  heed_cpu(now);
  if (critical || stalled) {
    return Pressure::ends_one;
  }
  if (memory_is_short_ || memory_stalls_) {
    return Pressure::of_memory;
  }
  return cpu_is_short_ ? Pressure::of_cpu : Pressure::none;
}

/// Whether everything has been held up for so long that something has to end.
bool PressureGauge::reads_stalls(const MachineReading& now)
{
  if (!window_began_) {
    window_began_ = now;
    return false;
  }
  const std::int64_t time_us = now.at_us - window_began_->at_us;
  if (time_us < window_us) {
    return false;
  }
  const MachineReading before = *window_began_;
  window_began_ = now;
  const bool is_scarce = now.free_bytes && *now.free_bytes < now.memory_bytes / 5;
  const bool counts = now.stalls_are_ours || is_scarce;
  const auto share = [&](auto kind) { return share_milli(before.*kind, now.*kind, time_us); };
  const std::int64_t some = counts ? share(&MachineReading::memory_some_us) : 0;
  const std::int64_t full = counts ? share(&MachineReading::memory_full_us) : 0;
  cpu_share_milli_ = share(&MachineReading::cpu_some_us);
  memory_stalls_ = some >= (memory_stalls_ ? go_on_at_some_milli : stop_at_some_milli);
  full_windows_ = full >= end_at_full_milli ? full_windows_ + 1 : 0;
  if (full_windows_ < windows_to_end) {
    return false;
  }
  full_windows_ = 0; // what is ended now has that long to help
  return true;
}

bool PressureGauge::is_free_memory_critical(const MachineReading& now)
{
  is_near_ = memory_stalls_;
  if (!now.free_bytes || now.memory_bytes == 0) {
    memory_is_short_ = false;
    return false;
  }
  const std::uint64_t free = *now.free_bytes;
  const std::uint64_t kept_free = now.memory_bytes / memory_kept_free;
  const std::uint64_t last = last_free_bytes_.value_or(free);
  const std::uint64_t taken = last - std::min(last, free);
  last_free_bytes_ = free;
  memory_is_short_ = free < (memory_is_short_ ? kept_free : kept_free / 2);
  is_near_ |= free < kept_free * 4;
  const bool is_gone_next = free < kept_free && taken > free;
  return free < kept_free / 4 || (free < kept_free / 2 && taken > 0) || is_gone_next;
}

void PressureGauge::heed_cpu(const MachineReading& now)
{
  const std::uint32_t least = cpu_is_short_ ? go_on_at_ready_each : stop_at_ready_each;
  cpu_is_short_ = cpu_share_milli_ >= stop_at_cpu_milli &&
                  now.ready_processes >= least * std::max(now.cpus, now.running_tests);
}

} // namespace winnow::schedule
