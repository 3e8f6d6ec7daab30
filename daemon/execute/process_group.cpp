// Reads process groups from /proc.
#include "daemon/execute/process_group.hpp"

#include "daemon/execute/file_descriptor.hpp"
#include "daemon/execute/proc_files.hpp"

#include <sys/syscall.h>

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

namespace winnow::execute {
namespace {

constexpr std::size_t command_line_limit = 400;

} // namespace

bool group_is_empty(pid_t group)
{
  return ::kill(-group, 0) != 0 && errno == ESRCH;
}

std::vector<pid_t> living_members(pid_t group)
{
  std::vector<pid_t> members;
  for (const pid_t pid : all_processes()) {
    const std::optional<ProcessStat> process = stat_of(pid);
    if (!process || process->group != group || !process->lives()) {
      continue;
    }
    if (pid == group) {
      return {};
    }
    members.push_back(pid);
  }
  return members;
}

std::string command_line(pid_t pid)
{
  std::string line = start_of_proc_file(pid, "cmdline", command_line_limit);
  while (!line.empty() && line.back() == '\0') {
    line.pop_back();
  }
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' '; }, ' ');
  if (line.empty()) {
    std::string name = start_of_proc_file(pid, "comm", 64);
    while (!name.empty() && name.back() == '\n') {
      name.pop_back();
    }
    return name.empty() ? name : "[" + name + "]";
  }
  return line;
}

void kill_member(pid_t pid, pid_t group)
{
  const FileDescriptor process{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
  if (!process) {
    return;
  }
  const std::optional<ProcessStat> member = stat_of(pid);
  if (member && member->group == group && member->lives()) {
    ::syscall(SYS_pidfd_send_signal, process.get(), SIGKILL, nullptr, 0);
  }
}

} // namespace winnow::execute
