// Asks the kernel.
#include "daemon/serve/machine_source.hpp"

#include "daemon/execute/cgroup_directories.hpp"
#include "daemon/execute/machine_capacity.hpp"
#include "daemon/execute/memory_pressure.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

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

} // namespace winnow::serve
