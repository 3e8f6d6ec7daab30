// Asks the kernel.
#include "daemon/serve/machine_source.hpp"

#include "daemon/execute/cgroup_directories.hpp"
#include "daemon/execute/machine_capacity.hpp"
#include "daemon/execute/memory_pressure.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace winnow::serve {

schedule::Capacity own_machine()
{
  const execute::CgroupDirectories groups = execute::own_cgroups();
  const execute::MachineCapacity machine = execute::machine_capacity(groups);
  const std::uint32_t cpus = (machine.milli_cpus + 999) / 1000;
  const std::uint64_t kept_back = machine.memory_bytes / 10;
  std::optional<std::uint64_t> available = execute::memory_pressure(groups).free_bytes();
  if (available) {
    available = *available - std::min(*available, kept_back);
  }
  return {.cpu_milli = cpus * 1000,
          .memory_bytes = machine.memory_bytes - kept_back,
          .available_bytes = available};
}

} // namespace winnow::serve
