// Tells waiting from computing by the share of a cpu that was used lately; rounds amounts.
#include "analyzer/schedule/learned_demand.hpp"

#include <algorithm>
#include <bit>

namespace winnow::schedule {
namespace {

constexpr std::int64_t shortest_window_us = 20'000;
/// So long a task has to be quiet to be taken for one that waits.
constexpr std::int64_t moment_us = 100'000;
/// Who uses this share computes again; between this and waiting_below_milli nothing changes.
constexpr std::int64_t awake_from_milli = 300;
/// What is expected at first counts like so many observations.
constexpr std::uint64_t weight_of_nothing_known = 1;

std::int64_t share_milli(const Usage& from, const Usage& to)
{
  return (to.cpu_us - from.cpu_us) * 1000 / std::max<std::int64_t>(to.at_us - from.at_us, 1);
}

} // namespace

std::uint32_t cpu_for_share(std::int64_t share_milli)
{
  if (share_milli >= waiting_below_milli) {
    return 1000;
  }
  const auto twice = static_cast<std::uint32_t>(std::max<std::int64_t>(share_milli, 0)) * 2;
  const std::uint32_t steps = (twice + least_cpu_milli - 1) / least_cpu_milli;
  return std::max(steps, 1U) * least_cpu_milli;
}

std::uint64_t memory_for_peak(std::uint64_t peak_bytes)
{
  constexpr std::uint64_t smallest_step = 8 << 20;
  const std::uint64_t step = std::max(std::bit_floor(peak_bytes) / 8, smallest_step);
  return (peak_bytes + step - 1) / step * step;
}

void ObservedCpu::add(const Usage& usage)
{
  if (usage.at_us - last_.at_us < shortest_window_us) {
    return;
  }
  if (usage.cpu_us < last_.cpu_us) { // another attempt
    began_us_ = usage.at_us;
    last_ = quiet_since_ = usage;
    return;
  }
  const std::int64_t share = share_milli(last_, usage);
  last_ = usage;
  if (share >= waiting_below_milli || usage.is_ready) {
    quiet_since_ = usage;
    demand_milli_ = share >= awake_from_milli ? 1000 : demand_milli_;
  } else if (usage.at_us - quiet_since_.at_us >= moment_us) {
    demand_milli_ = cpu_for_share(share_milli(quiet_since_, usage));
  }
}

std::optional<std::uint32_t> ObservedCpu::seen_milli() const
{
  if (last_.at_us - began_us_ < moment_us) {
    return std::nullopt;
  }
  return demand_milli_;
}

void ObservedMemory::add(std::int64_t at_us, std::uint64_t bytes)
{
  last_us_ = at_us;
  if (bytes > bytes_) {
    bytes_ = bytes;
    grew_us_ = at_us;
  }
}

bool ObservedMemory::has_settled() const
{
  return bytes_ > 0 && last_us_ - grew_us_ >= moment_us;
}

void Observations::add(std::uint64_t amount, std::optional<std::uint64_t> before)
{
  sum_ += amount - before.value_or(0);
  count_ += before ? 0 : 1;
  most_ = std::max(most_, amount);
}

std::uint64_t Observations::expected(std::uint64_t nothing_known) const
{
  const std::uint64_t mean =
      (sum_ + nothing_known * weight_of_nothing_known) / (count_ + weight_of_nothing_known);
  return expects_the_most_ ? std::max(mean, most_) : mean;
}

} // namespace winnow::schedule
