// Reads /proc/pressure, meminfo, and the same of cgroups.
#include "daemon/execute/memory_pressure.hpp"

#include "daemon/execute/cgroup_memory.hpp"
#include "daemon/execute/proc_files.hpp"
#include "daemon/execute/text_fields.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace winnow::execute {
namespace {

constexpr std::size_t pressure_length = 512;
constexpr std::size_t meminfo_length = 8 << 10;

/// "KEY=VALUE"
template <class Number>
std::optional<Number> value_of(std::string_view word, std::string_view key)
{
  if (!word.starts_with(key) || !word.substr(key.size()).starts_with('=')) {
    return std::nullopt;
  }
  return TextFields::number_in<Number>(word.substr(key.size() + 1));
}

std::optional<Stall> stall_in(TextFields fields)
{
  const auto avg10 = value_of<double>(fields.word(), "avg10");
  fields.skip(2);
  const auto total_us = value_of<std::uint64_t>(fields.word(), "total");
  if (!avg10 || !total_us || !std::isfinite(*avg10) || *avg10 < 0) {
    return std::nullopt;
  }
  return Stall{*avg10, *total_us};
}

std::optional<PressureStall> pressure_of(const std::string& path)
{
  return parse_pressure(start_of_file(path, pressure_length));
}

} // namespace

std::optional<std::uint64_t> MemoryPressure::free_bytes() const
{
  return available_bytes && below_limit_bytes ? std::min(available_bytes, below_limit_bytes)
         : available_bytes                    ? available_bytes
                                              : below_limit_bytes;
}

std::optional<PressureStall> parse_pressure(std::string_view text)
{
  PressureStall pressure;
  while (!text.empty()) {
    TextFields fields(take_line(text));
    const std::string_view kind = fields.word();
    if (kind == "some") {
      pressure.some = stall_in(fields);
    } else if (kind == "full") {
      pressure.full = stall_in(fields);
    }
  }
  return pressure.some || pressure.full ? std::optional(pressure) : std::nullopt;
}

MemoryPressure memory_pressure(const CgroupDirectories& groups)
{
  MemoryPressure now;
  now.memory = pressure_of("/proc/pressure/memory");
  now.cpu = pressure_of("/proc/pressure/cpu");
  if (!groups.unified.empty()) {
    now.group_memory = pressure_of(groups.unified.front() + "/memory.pressure");
    now.group_cpu = pressure_of(groups.unified.front() + "/cpu.pressure");
  }
  const std::string meminfo = start_of_file("/proc/meminfo", meminfo_length);
  now.available_bytes = bytes_of_key(meminfo, "MemAvailable");
  now.swap_bytes = bytes_of_key(meminfo, "SwapTotal").value_or(0);
  now.free_swap_bytes = bytes_of_key(meminfo, "SwapFree").value_or(0);
  now.below_limit_bytes = memory_below_limit(groups);
  now.oom_kills = oom_kills(groups);
  return now;
}

} // namespace winnow::execute
