// Parses /proc/PID/stat and lists /proc.
#include "daemon/execute/proc_files.hpp"

#include "daemon/execute/file_descriptor.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <memory>
#include <string_view>

namespace winnow::execute {

std::string start_of_proc_file(pid_t pid, const char* name, std::size_t limit)
{
  const std::string path = "/proc/" + std::to_string(pid) + "/" + name;
  const FileDescriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  std::string content;
  std::array<char, 4096> bytes{};
  while (file && content.size() < limit) {
    const ssize_t got =
        ::read(file.get(), bytes.data(), std::min(bytes.size(), limit - content.size()));
    if (got <= 0) {
      break;
    }
    content.append(bytes.data(), static_cast<std::size_t>(got));
  }
  return content;
}

/// The name in parentheses may hold spaces and parentheses itself.
std::optional<ProcessStat> stat_of(pid_t pid)
{
  const std::string stat = start_of_proc_file(pid, "stat", 1024);
  const std::size_t name_end = stat.rfind(')');
  ProcessStat process;
  if (name_end == std::string::npos ||
      std::sscanf(stat.c_str() + name_end + 1,
                  " %c %d %d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d "
                  "%" SCNu64,
                  &process.state, &process.parent, &process.group, &process.started_ticks) != 4) {
    return std::nullopt;
  }
  return process;
}

std::vector<pid_t> all_processes()
{
  std::vector<pid_t> all;
  const std::unique_ptr<DIR, int (*)(DIR*)> processes{::opendir("/proc"), ::closedir};
  while (const dirent* entry = processes ? ::readdir(processes.get()) : nullptr) {
    const std::string_view name = entry->d_name;
    pid_t pid = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), pid).ec == std::errc{}) {
      all.push_back(pid);
    }
  }
  return all;
}

} // namespace winnow::execute
