// Puts together what a process' groups are called and where they are mounted.
#include "daemon/execute/cgroup_directories.hpp"

#include "daemon/execute/proc_files.hpp"
#include "daemon/execute/text_fields.hpp"

#include <unistd.h>

#include <optional>

namespace winnow::execute {
namespace {

constexpr std::size_t cgroup_limit = 64 << 10;
constexpr std::size_t mountinfo_limit = 4 << 20;

bool lists(std::string_view words, std::string_view word)
{
  while (!words.empty()) {
    const std::string_view next = words.substr(0, words.find(','));
    if (next == word) {
      return true;
    }
    words.remove_prefix(next.size() < words.size() ? next.size() + 1 : next.size());
  }
  return false;
}

/// A line "NUMBER:CONTROLLERS:PATH" of the hierarchy with this controller, "" for that of v2.
std::optional<std::string_view> group_path(std::string_view cgroup, std::string_view controller)
{
  while (!cgroup.empty()) {
    const std::string_view line = take_line(cgroup);
    const std::size_t first = line.find(':');
    const std::size_t second = first == line.npos ? line.npos : line.find(':', first + 1);
    if (second == line.npos) {
      continue;
    }
    const std::string_view controllers = line.substr(first + 1, second - first - 1);
    if (controller.empty() ? controllers.empty() : lists(controllers, controller)) {
      return line.substr(second + 1);
    }
  }
  return std::nullopt;
}

/// Blanks, backslashes and line ends stand there as \040 and so on.
std::string without_escapes(std::string_view text)
{
  const auto is_octal = [](char c) { return c >= '0' && c <= '7'; };
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 3 < text.size() && is_octal(text[i + 1]) && is_octal(text[i + 2]) &&
        is_octal(text[i + 3])) {
      plain +=
          static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + text[i + 3] - '0');
      i += 3;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

struct Mount {
  std::string root; ///< the group that is mounted there
  std::string point;
};

/// Of the hierarchy with this controller, "" for that of v2.
std::optional<Mount> mount_in(std::string_view line, std::string_view controller)
{
  const std::size_t middle = line.find(" - ");
  if (middle == line.npos) {
    return std::nullopt;
  }
  TextFields behind(line.substr(middle + 3));
  const std::string_view type = behind.word();
  behind.skip(1);
  const std::string_view options = behind.word();
  if (controller.empty() ? type != "cgroup2" : type != "cgroup" || !lists(options, controller)) {
    return std::nullopt;
  }
  TextFields before(line.substr(0, middle));
  before.skip(3);
  Mount mount{without_escapes(before.word()), {}};
  mount.point = without_escapes(before.word());
  return mount.point.starts_with('/') ? std::optional(mount) : std::nullopt;
}

/// "" if they are the same; nothing if it is not beneath.
std::optional<std::string_view> path_beneath(std::string_view path, std::string_view root)
{
  if (root == "/") {
    root = "";
  }
  if (!path.starts_with(root) || path.substr(root.size()).starts_with("/..")) {
    return std::nullopt;
  }
  path.remove_prefix(root.size());
  if (path == "/") {
    return "";
  }
  return path.empty() || path.front() == '/' ? std::optional(path) : std::nullopt;
}

std::vector<std::string> with_those_above(const std::string& top, std::string_view path)
{
  std::vector<std::string> directories;
  while (!path.empty()) {
    directories.push_back(top + std::string(path));
    path = path.substr(0, path.rfind('/'));
  }
  directories.push_back(top);
  return directories;
}

std::vector<std::string> directories_of(std::string_view cgroup, std::string_view mountinfo,
                                        std::string_view controller)
{
  const std::optional<std::string_view> path = group_path(cgroup, controller);
  std::optional<Mount> any;
  while (path && !mountinfo.empty()) {
    const std::optional<Mount> mount = mount_in(take_line(mountinfo), controller);
    if (!mount) {
      continue;
    }
    if (const auto beneath = path_beneath(*path, mount->root)) {
      return with_those_above(mount->point, *beneath);
    }
    any = any ? any : mount;
  }
  return any ? std::vector{any->point} : std::vector<std::string>{};
}

} // namespace

CgroupDirectories find_cgroups(std::string_view cgroup, std::string_view mountinfo)
{
  return {directories_of(cgroup, mountinfo, "cpu"), directories_of(cgroup, mountinfo, "memory"),
          directories_of(cgroup, mountinfo, "")};
}

CgroupDirectories cgroups_of(pid_t pid)
{
  return find_cgroups(start_of_proc_file(pid, "cgroup", cgroup_limit),
                      start_of_file("/proc/self/mountinfo", mountinfo_limit));
}

CgroupDirectories own_cgroups()
{
  return cgroups_of(::getpid());
}

} // namespace winnow::execute
