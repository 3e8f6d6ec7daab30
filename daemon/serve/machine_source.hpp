// What of the machine all runs share.
#pragma once

#include "analyzer/schedule/scheduler.hpp"

#include <functional>

namespace winnow::serve {

/// Gives what there is at this moment: limits change, cpus and memory are taken away and given.
using MachineSource = std::function<schedule::Capacity()>;

/// What affinity and cgroups allow this process: a part of a cpu counts as a whole one, since tests
/// take whole ones, and of the memory nine tenths, the rest is for others.
schedule::Capacity own_machine();

} // namespace winnow::serve
