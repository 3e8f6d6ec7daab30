// What of this machine the tests may use.
#pragma once

#include "daemon/execute/cgroup_directories.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace winnow::execute {

/// May change while we run: limits are set, cpus and memory are taken away or given.
struct MachineCapacity {
  /// Thousandths of a cpu, at least one: the cpus that this process may run on, or less where a
  /// cgroup limits their time.
  std::uint32_t milli_cpus = 1;
  /// The machine's memory, or the limit of a cgroup.
  std::uint64_t memory_bytes = 0;

  friend bool operator==(const MachineCapacity&, const MachineCapacity&) = default;
};

/// Of cpu.max (v2), "QUOTA PERIOD" in microseconds, in thousandths of a cpu; nothing for "max" and
/// for what is none.
std::optional<std::uint64_t> parse_cpu_max(std::string_view text);

/// Of cpu.cfs_quota_us and cpu.cfs_period_us (v1).
std::optional<std::uint64_t> parse_cfs_quota(std::string_view quota, std::string_view period);

/// What is the case now, by affinity and by all groups. Reads some small files; cheap enough to be
/// asked every second.
MachineCapacity machine_capacity(const CgroupDirectories& groups = own_cgroups());

} // namespace winnow::execute
