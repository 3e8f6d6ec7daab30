// Asks the kernel.
#include "daemon/serve/machine_source.hpp"

#include "daemon/execute/machine_capacity.hpp"

#include <cstdint>

namespace winnow::serve {

schedule::Capacity own_machine()
{
  const execute::MachineCapacity machine = execute::machine_capacity();
  const std::uint32_t cpus = (machine.milli_cpus + 999) / 1000;
  return {.cpu_milli = cpus * 1000, .memory_bytes = machine.memory_bytes / 10 * 9};
}

} // namespace winnow::serve
