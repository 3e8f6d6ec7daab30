// Reads what /proc says of processes.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::execute {

/// What /proc/PID/stat says. Ticks are those of sysconf(_SC_CLK_TCK).
struct ProcessStat {
  char state = '?';
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
  bool forked_without_exec = false;
  std::uint64_t minor_faults = 0; ///< since it was forked
  std::uint64_t own_ticks = 0;    ///< user and system time of its threads, ended ones too
  std::uint64_t reaped_ticks = 0; ///< the same of the children that it waited for, and of theirs
  std::uint32_t threads = 0;
  std::uint64_t started_ticks = 0; ///< after boot; with the pid it names a process for good
  /// Where its stack begins: the same in all that were forked from one process without an exec, and
  /// else only by chance. 0 if that is hidden from us.
  std::uint64_t stack_start = 0;

  /// Zombies do not count.
  [[nodiscard]] bool lives() const { return state != 'Z' && state != 'X'; }
};

/// Nothing if the text is not one of /proc/PID/stat.
std::optional<ProcessStat> parse_process_stat(std::string_view text);

/// Of /proc/PID/statm, in pages.
struct ResidentPages {
  std::uint64_t all = 0;
  std::uint64_t files = 0; ///< of files and of shared memory
};

std::optional<ResidentPages> parse_statm(std::string_view text);

/// How long the task that a schedstat is of has waited for a cpu while it could run, in ns.
std::optional<std::uint64_t> parse_run_delay(std::string_view text);

/// The value of a line "KEY:  N kB" (meminfo, status, smaps_rollup), in bytes.
std::optional<std::uint64_t> bytes_of_key(std::string_view text, std::string_view key);

/// Nothing if there is no such process.
std::optional<ProcessStat> stat_of(pid_t pid);

/// At most `limit` bytes of the file; "" if it cannot be read.
std::string start_of_file(const std::string& path, std::size_t limit);

/// At most `limit` bytes of /proc/PID/NAME; "" if it cannot be read.
std::string start_of_proc_file(pid_t pid, const char* name, std::size_t limit);

/// All that there are now.
std::vector<pid_t> all_processes();

/// The numbers among the names in a directory of /proc, ascending: processes, or threads.
std::vector<pid_t> numbers_in(const std::string& directory);

} // namespace winnow::execute
