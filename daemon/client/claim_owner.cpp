// Reads /proc.
#include "daemon/client/claim_owner.hpp"

#include <fmt/format.h>
#include <sys/types.h>

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace winnow::client {
namespace {

std::string first_line(const std::string& path)
{
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

/// A boot of a machine and a pid namespace in it; "" if that cannot be told.
std::string pid_space()
{
  std::error_code failure;
  const std::filesystem::path name = std::filesystem::read_symlink("/proc/self/ns/pid", failure);
  const std::string boot = first_line("/proc/sys/kernel/random/boot_id");
  return failure || boot.empty() ? "" : boot + " " + name.string();
}

/// When the process started, in the kernel's ticks: field 22, counted behind the name, which may
/// have anything in it.
std::string start_of(std::int64_t pid)
{
  std::ifstream file(fmt::format("/proc/{}/stat", pid), std::ios::binary);
  const std::string stat{std::istreambuf_iterator<char>(file), {}};
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) {
    return "";
  }
  std::string_view rest = std::string_view(stat).substr(name_end + 2);
  constexpr int fields_before = 19; // from field 3 on
  for (int i = 0; i < fields_before; ++i) {
    rest.remove_prefix(std::min(rest.find(' ') + 1, rest.size()));
  }
  return std::string(rest.substr(0, rest.find(' ')));
}

} // namespace

ClaimOwner this_owner()
{
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return {host.data(), pid_space(), ::getpid(), start_of(::getpid())};
}

bool has_ended(const ClaimOwner& owner)
{
  static const std::string space = pid_space();
  if (owner.pid_space.empty() || owner.pid_space != space || owner.pid <= 0) {
    return false;
  }
  if (::kill(static_cast<pid_t>(owner.pid), 0) != 0 && errno == ESRCH) {
    return true;
  }
  const std::string start = start_of(owner.pid);
  return !start.empty() && start != owner.process_start;
}

} // namespace winnow::client
