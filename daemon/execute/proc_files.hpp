// Reads what /proc says of processes.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow::execute {

struct ProcessStat {
  char state = '?';
  pid_t parent = 0;
  pid_t group = 0;
  std::uint64_t started_ticks = 0; ///< after boot; with the pid it names a process for good

  /// Zombies do not count.
  [[nodiscard]] bool lives() const { return state != 'Z' && state != 'X'; }
};

/// Nothing if there is no such process.
std::optional<ProcessStat> stat_of(pid_t pid);

/// At most `limit` bytes of /proc/PID/NAME; "" if it cannot be read.
std::string start_of_proc_file(pid_t pid, const char* name, std::size_t limit);

/// All that there are now.
std::vector<pid_t> all_processes();

} // namespace winnow::execute
