// Where the limits and counters of a process' cgroups lie.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace winnow::execute {

/// For each hierarchy the directories of the process' own group and of all above it that can be
/// seen from here, its own first; none where a hierarchy is not mounted or has no such controller.
/// A container sees no group above its own, whatever is set there.
struct CgroupDirectories {
  std::vector<std::string> cpu;     ///< v1
  std::vector<std::string> memory;  ///< v1
  std::vector<std::string> unified; ///< v2
};

/// From /proc/PID/cgroup (format: cgroups(7)) and /proc/self/mountinfo (proc(5)). Where the group
/// is not beneath what is mounted (a container with the host's names), the mounted one is taken for
/// it.
CgroupDirectories find_cgroups(std::string_view cgroup, std::string_view mountinfo);

/// Of a process, by default of this one. Reads two files.
CgroupDirectories cgroups_of(pid_t pid);
CgroupDirectories own_cgroups();

} // namespace winnow::execute
