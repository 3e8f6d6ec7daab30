// What of the machine all runs share.
#pragma once

#include "analyzer/model/budget.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/schedule/pressure_gauge.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace winnow::serve {

/// What there is at this moment, and how short it is.
struct MachineState {
  /// A machine that is short of nothing.
  MachineState(schedule::Capacity its_capacity) : capacity(its_capacity) {}

  schedule::Capacity capacity;
  schedule::MachineReading reading; ///< but for what is known of running tests, and the time
  /// How many processes the kernel has killed for want of memory, here or in the tests' cgroup.
  std::optional<std::uint64_t> oom_kills;
};

/// Limits change, cpus and memory are taken away and given.
using MachineSource = std::function<MachineState()>;

/// What affinity and cgroups allow this process: a part of a cpu counts as a whole one, since tests
/// take whole ones, and of the memory nine tenths: the rest is for others, who may have more as
/// long as memory_kept_free stays.
MachineState own_machine();

/// The same, with no more memory than the budget allows.
MachineSource own_machine_within(std::optional<Budget> memory);

/// WINNOW_MEMORY, for all runs of a daemon: "8GiB" or "50%"; nothing if it is not set. A user error
/// for what is neither.
Result<std::optional<Budget>> memory_budget_of(const std::vector<std::string>& environment);

} // namespace winnow::serve
