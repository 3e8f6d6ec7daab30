// Asks the kernel.
#include "daemon/serve/machine_source.hpp"

#include "daemon/execute/machine_capacity.hpp"

namespace winnow::serve {

schedule::Capacity own_machine()
{
  const execute::MachineCapacity machine = execute::machine_capacity();
  return {.cpu_milli = machine.milli_cpus, .memory_bytes = machine.memory_bytes / 10 * 9};
}

} // namespace winnow::serve
