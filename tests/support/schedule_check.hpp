// Whether a simulated schedule keeps the rules of its job.
#pragma once

#include "analyzer/schedule/simulate.hpp"

#include <string>
#include <vector>

namespace winnow::tests {

/// What it breaks, in words: order, locks, serial tasks, and what there is of cpus, memory and
/// counted kinds. A task that wants more than there is has all of it.
std::vector<std::string> broken_rules(const schedule::Job& job, schedule::Capacity machine,
                                      const schedule::Simulation& simulated);

} // namespace winnow::tests
