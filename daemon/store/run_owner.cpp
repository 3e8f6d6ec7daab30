// Names processes by /proc.
#include "daemon/store/run_owner.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace winnow::store {
namespace {

std::string content_of(const std::string& path)
{
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// In clock ticks after boot; "" if there is no such process or it is a zombie.
std::string start_time(int pid)
{
  const std::string stat = content_of(fmt::format("/proc/{}/stat", pid));
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) {
    return "";
  }
  std::istringstream fields(stat.substr(name_end + 1));
  std::string field;
  fields >> field; // the third of stat's fields: the state
  if (field == "Z" || field == "X") {
    return "";
  }
  for (int number = 4; number <= 22; ++number) {
    fields >> field;
  }
  return field;
}

std::string boot()
{
  std::string id = content_of("/proc/sys/kernel/random/boot_id");
  while (!id.empty() && id.back() == '\n') {
    id.pop_back();
  }
  return id;
}

std::string pid_namespace()
{
  std::error_code ignored;
  const std::string link = std::filesystem::read_symlink("/proc/self/ns/pid", ignored).string();
  const std::size_t open = link.find('[');
  return open == std::string::npos ? "" : link.substr(open + 1, link.size() - open - 2);
}

} // namespace

std::string this_process()
{
  const int pid = ::getpid();
  return fmt::format("{}:{}:{}:{}", pid, start_time(pid), boot(), pid_namespace());
}

bool may_live(std::string_view owner)
{
  std::array<std::string_view, 4> parts;
  for (std::string_view& part : parts) {
    const std::size_t end = owner.find(':');
    part = owner.substr(0, end);
    owner.remove_prefix(end == std::string_view::npos ? owner.size() : end + 1);
  }
  const auto& [pid_text, start, owners_boot, owners_namespace] = parts;
  if (owners_boot != boot()) {
    return false;
  }
  if (owners_namespace != pid_namespace()) {
    return true;
  }
  int pid = 0;
  std::from_chars(pid_text.data(), pid_text.data() + pid_text.size(), pid);
  return pid > 0 && !start.empty() && start_time(pid) == start;
}

} // namespace winnow::store
