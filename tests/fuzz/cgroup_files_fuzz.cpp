// Fuzzes /proc/PID/cgroup, mountinfo (cut at a line "==") and the limits of groups: each directory
// is absolute and lies in the one after it.
#include "daemon/execute/cgroup_directories.hpp"
#include "daemon/execute/cgroup_memory.hpp"
#include "daemon/execute/machine_capacity.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

namespace {

void check(const std::vector<std::string>& directories)
{
  for (std::size_t i = 0; i < directories.size(); ++i) {
    const bool above = i + 1 < directories.size();
    if (!directories[i].starts_with('/') ||
        (above && !directories[i].starts_with(directories[i + 1]))) {
      std::abort();
    }
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text = tests::text_of(data, size);
  const auto [cgroup, mountinfo] = tests::cut(text, "==\n");
  const execute::CgroupDirectories found = execute::find_cgroups(cgroup, mountinfo);
  check(found.cpu);
  check(found.memory);
  check(found.unified);
  (void)execute::parse_memory_limit(text);
  (void)execute::reclaimable_bytes(text);
  (void)execute::parse_cpu_max(text);
  (void)execute::parse_cfs_quota(cgroup, mountinfo);
  return 0;
}
