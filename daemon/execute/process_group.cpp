// Reads process groups from /proc.
#include "daemon/execute/process_group.hpp"

#include "daemon/execute/file_descriptor.hpp"

#include <sys/syscall.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <memory>
#include <optional>
#include <string_view>

namespace winnow::execute {
namespace {

constexpr std::size_t command_line_limit = 400;

std::string start_of_file(pid_t pid, const char* name, std::size_t limit)
{
  const std::string path = "/proc/" + std::to_string(pid) + "/" + name;
  const FileDescriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  std::string content(limit, '\0');
  const ssize_t length = file ? ::read(file.get(), content.data(), limit) : -1;
  content.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  return content;
}

struct Member {
  char state = '?';
  pid_t group = 0;
};

/// State and group out of /proc/PID/stat; the name before them may hold spaces and parentheses.
std::optional<Member> member_of(pid_t pid)
{
  const std::string stat = start_of_file(pid, "stat", 512);
  const std::size_t name_end = stat.rfind(')');
  Member member;
  int parent = 0;
  if (name_end == std::string::npos || std::sscanf(stat.c_str() + name_end + 1, " %c %d %d",
                                                   &member.state, &parent, &member.group) != 3) {
    return std::nullopt;
  }
  return member;
}

bool lives(const Member& member)
{
  return member.state != 'Z' && member.state != 'X';
}

} // namespace

bool group_is_empty(pid_t group)
{
  return ::kill(-group, 0) != 0 && errno == ESRCH;
}

std::vector<pid_t> living_members(pid_t group)
{
  std::vector<pid_t> members;
  const std::unique_ptr<DIR, int (*)(DIR*)> processes{::opendir("/proc"), ::closedir};
  if (!processes) {
    return members;
  }
  while (const dirent* entry = ::readdir(processes.get())) {
    const std::string_view name = entry->d_name;
    pid_t pid = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), pid).ec != std::errc{}) {
      continue;
    }
    const std::optional<Member> member = member_of(pid);
    if (!member || member->group != group || !lives(*member)) {
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
  std::string line = start_of_file(pid, "cmdline", command_line_limit);
  while (!line.empty() && line.back() == '\0') {
    line.pop_back();
  }
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' '; }, ' ');
  if (line.empty()) {
    std::string name = start_of_file(pid, "comm", 64);
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
  const std::optional<Member> member = member_of(pid);
  if (member && member->group == group && lives(*member)) {
    ::syscall(SYS_pidfd_send_signal, process.get(), SIGKILL, nullptr, 0);
  }
}

} // namespace winnow::execute
