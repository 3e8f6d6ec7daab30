// How much the machine has to do.
#pragma once

#include <cstdint>
#include <functional>

namespace winnow::serve {

/// Gives the load of the last minute: processes that run or wait for a cpu.
using LoadSource = std::function<double()>;

/// The kernel's; 0 where it does not tell.
double system_load();

/// How many cpus may still be taken without the load going above `limit`, as ctest counts it.
std::uint32_t spare_cpus(std::uint32_t limit, double load);

} // namespace winnow::serve
