// Asks the kernel.
#include "daemon/serve/system_load.hpp"

#include <stdlib.h>

#include <algorithm>
#include <cmath>

namespace winnow::serve {

double system_load()
{
  double load = 0;
  return ::getloadavg(&load, 1) == 1 ? load : 0;
}

std::uint32_t spare_cpus(std::uint32_t limit, double load)
{
  const double taken = std::clamp(std::ceil(load), 0.0, static_cast<double>(limit));
  return limit - static_cast<std::uint32_t>(taken);
}

} // namespace winnow::serve
