// Takes the least of what kernel and cgroups grant.
#include "daemon/execute/machine_capacity.hpp"

#include "daemon/execute/cgroup_memory.hpp"
#include "daemon/execute/cpu_pool.hpp"
#include "daemon/execute/proc_files.hpp"
#include "daemon/execute/text_fields.hpp"

#include <unistd.h>

#include <algorithm>
#include <string>

namespace winnow::execute {
namespace {

constexpr std::size_t number_length = 64;
constexpr std::size_t meminfo_length = 8 << 10;

/// The kernel takes quotas up to this long (cpu.max: 2^44 us).
constexpr std::uint64_t longest_quota_us = std::uint64_t{1} << 44;

std::optional<std::uint64_t> quotient(std::optional<std::uint64_t> quota_us,
                                      std::optional<std::uint64_t> period_us)
{
  if (!quota_us || !period_us || *period_us == 0 || *quota_us > longest_quota_us) {
    return std::nullopt;
  }
  return *quota_us * 1000 / *period_us;
}

std::uint64_t granted_milli_cpus(const CgroupDirectories& groups)
{
  std::uint64_t least = std::uint64_t{std::max<std::size_t>(allowed_cpus().size(), 1)} * 1000;
  for (const std::string& group : groups.cpu) {
    least =
        std::min(least, parse_cfs_quota(start_of_file(group + "/cpu.cfs_quota_us", number_length),
                                        start_of_file(group + "/cpu.cfs_period_us", number_length))
                            .value_or(least));
  }
  for (const std::string& group : groups.unified) {
    least = std::min(
        least, parse_cpu_max(start_of_file(group + "/cpu.max", number_length)).value_or(least));
  }
  return std::max<std::uint64_t>(least, 1);
}

std::uint64_t installed_memory()
{
  if (const auto bytes = bytes_of_key(start_of_file("/proc/meminfo", meminfo_length), "MemTotal")) {
    return *bytes;
  }
  return static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace

std::optional<std::uint64_t> parse_cpu_max(std::string_view text)
{
  TextFields fields(text);
  const auto quota_us = fields.number<std::uint64_t>();
  return quotient(quota_us, fields.number<std::uint64_t>());
}

std::optional<std::uint64_t> parse_cfs_quota(std::string_view quota, std::string_view period)
{
  return quotient(TextFields(quota).number<std::uint64_t>(), // -1: none
                  TextFields(period).number<std::uint64_t>());
}

MachineCapacity machine_capacity(const CgroupDirectories& groups)
{
  const std::uint64_t installed = installed_memory();
  return {static_cast<std::uint32_t>(granted_milli_cpus(groups)),
          std::min(installed, memory_limit(groups).value_or(installed))};
}

} // namespace winnow::execute
