// Looks at what the machine has to build and run tests with.
#include "daemon/client/examination.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

namespace winnow::client {
namespace {

bool on_path(std::string_view program)
{
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string candidate = fmt::format("{}/{}", rest.substr(0, end), program);
    if (::access(candidate.c_str(), X_OK) == 0) {
      return true;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

void examine_tools(Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("tools");
  std::vector<std::string> missing;
  for (const char* program : {"cmake", "ninja", "git"}) {
    if (!on_path(program)) {
      missing.emplace_back(program);
    }
  }
  if (!missing.empty()) {
    diagnosis.findings.push_back(
        {"tools", Severity::problem, "programs that Winnow calls are missing",
         "no directory of PATH has them",
         fmt::format("install {}, or add their directory to PATH", fmt::join(missing, " and ")),
         missing});
  }
}

/// The directory of this process's cgroup in the unified hierarchy, "" where there is none.
std::string own_cgroup()
{
  std::ifstream file("/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("0::")) {
      return "/sys/fs/cgroup" + line.substr(3);
    }
  }
  return {};
}

void examine_containment(Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("containment");
  const std::string cgroup = own_cgroup();
  const bool writable = !cgroup.empty() && ::access(cgroup.c_str(), W_OK) == 0 &&
                        ::access((cgroup + "/cgroup.procs").c_str(), W_OK) == 0;
  if (!writable) {
    diagnosis.findings.push_back(
        {"containment",
         Severity::advice,
         "tests cannot be given a cgroup of their own",
         cgroup.empty() ? std::string("this machine has no unified cgroup hierarchy (cgroup v2)")
                        : cgroup + " cannot be written to; a test is held by its process group "
                                   "and session, which it can leave",
         "start Winnow in a cgroup that is delegated to you: systemd-run --user --scope -p "
         "Delegate=yes; in a container mount /sys/fs/cgroup writable",
         {}});
  }
}

} // namespace

void examine_machine(Diagnosis& diagnosis)
{
  examine_tools(diagnosis);
  examine_containment(diagnosis);
}

} // namespace winnow::client
