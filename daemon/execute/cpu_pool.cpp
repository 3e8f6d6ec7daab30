// Asks the kernel, and deals.
#include "daemon/execute/cpu_pool.hpp"

#include <sched.h>

#include <algorithm>
#include <iterator>

namespace winnow::execute {

Cpus CpuPool::take(std::size_t count)
{
  count = std::min(count, all_);
  if (count > free_.size()) {
    return {};
  }
  const auto end = std::next(free_.begin(), static_cast<std::ptrdiff_t>(count));
  Cpus taken(free_.begin(), end);
  free_.erase(free_.begin(), end);
  return taken;
}

Cpus allowed_cpus()
{
  Cpus cpus;
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) == 0) {
    for (std::uint32_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
      if (CPU_ISSET(cpu, &set)) {
        cpus.push_back(cpu);
      }
    }
  }
  return cpus;
}

} // namespace winnow::execute
