// Asks the kernel.
#include "daemon/serve/machine_source.hpp"

#include "daemon/execute/cgroup_directories.hpp"
#include "daemon/execute/environment.hpp"
#include "daemon/execute/machine_capacity.hpp"
#include "daemon/execute/memory_pressure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace winnow::serve {
namespace {

std::optional<std::uint64_t> total_us(const std::optional<execute::Stall>& stall)
{
  return stall ? std::optional(stall->total_us) : std::nullopt;
}

} // namespace

MachineState own_machine()
{
  const execute::CgroupDirectories groups = execute::own_cgroups();
  const execute::MachineCapacity machine = execute::machine_capacity(groups);
  const std::uint32_t cpus = (machine.milli_cpus + 999) / 1000;
  const std::uint64_t kept_back = machine.memory_bytes / 10;
  const std::uint64_t kept_free = machine.memory_bytes / schedule::memory_kept_free;
  const execute::MemoryPressure now = execute::memory_pressure(groups);
  const std::optional<std::uint64_t> free = now.free_bytes();
  MachineState state(
      {.cpu_milli = cpus * 1000,
       .memory_bytes = machine.memory_bytes - kept_back,
       .available_bytes = free ? std::optional(*free - std::min(*free, kept_free)) : std::nullopt});
  state.reading.memory_bytes = machine.memory_bytes;
  state.reading.free_bytes = free;
  state.reading.cpus = cpus;
  state.reading.stalls_are_ours = now.group_memory.has_value();
  if (const auto& memory = now.group_memory ? now.group_memory : now.memory) {
    state.reading.memory_some_us = total_us(memory->some);
    state.reading.memory_full_us = total_us(memory->full);
  }
  if (const auto& cpu = now.group_cpu ? now.group_cpu : now.cpu) {
    state.reading.cpu_some_us = total_us(cpu->some);
  }
  state.oom_kills = now.oom_kills;
  return state;
}

MachineSource own_machine_within(std::optional<Budget> memory)
{
  return [memory] {
    MachineState machine = own_machine();
    if (memory) {
      std::uint64_t& bytes = machine.capacity.memory_bytes;
      bytes = std::min(memory->of(bytes), bytes);
    }
    return machine;
  };
}

Result<std::optional<Budget>> memory_budget_of(const std::vector<std::string>& environment)
{
  const std::string_view text = execute::value_in(environment, "WINNOW_MEMORY");
  if (text.empty()) {
    return std::optional<Budget>();
  }
  const std::optional<Budget> memory = memory_budget_in(text);
  if (!memory) {
    return user_error(
        fmt::format("WINNOW_MEMORY is '{}', which is no size above 0, such as 8GiB or 50%", text));
  }
  return memory;
}

} // namespace winnow::serve
