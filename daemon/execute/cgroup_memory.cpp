// Reads limits, usage and statistics of memory cgroups, v1 and v2.
#include "daemon/execute/cgroup_memory.hpp"

#include "daemon/execute/proc_files.hpp"
#include "daemon/execute/text_fields.hpp"

#include <algorithm>
#include <string>

namespace winnow::execute {
namespace {

/// v1 says "none" by the largest number of whole pages; nobody has this much.
constexpr std::uint64_t no_limit = std::uint64_t{1} << 60;

constexpr std::size_t number_length = 64;
constexpr std::size_t statistics_length = 16 << 10;
constexpr std::size_t events_length = 1 << 10;
constexpr std::size_t vmstat_length = 64 << 10;

using Limit = std::optional<std::uint64_t>;

Limit lesser(Limit one, Limit other)
{
  return one && other ? std::min(one, other) : one ? one : other;
}

Limit value_of(std::string_view statistics, std::string_view key)
{
  while (!statistics.empty()) {
    TextFields line(take_line(statistics));
    if (line.word() == key) {
      return line.number<std::uint64_t>();
    }
  }
  return std::nullopt;
}

struct Level {
  const std::string& directory;
  bool is_v1 = false;

  [[nodiscard]] std::string read(const char* name, std::size_t limit) const
  {
    return start_of_file(directory + "/" + name, limit);
  }

  [[nodiscard]] Limit limit() const
  {
    if (is_v1) {
      return parse_memory_limit(read("memory.limit_in_bytes", number_length));
    }
    return lesser(parse_memory_limit(read("memory.max", number_length)),
                  parse_memory_limit(read("memory.high", number_length)));
  }

  [[nodiscard]] Limit usage() const
  {
    return TextFields(read(is_v1 ? "memory.usage_in_bytes" : "memory.current", number_length))
        .number<std::uint64_t>();
  }

  [[nodiscard]] std::string statistics() const { return read("memory.stat", statistics_length); }
};

/// Calls `found` with each level that has a limit, and the limit.
template <class Found>
void for_each_limit(const CgroupDirectories& groups, Found found)
{
  for (const std::string& directory : groups.memory) {
    const Level level{directory, true};
    Limit limit = level.limit();
    if (&directory == &groups.memory.front()) {
      const Limit of_all = value_of(level.statistics(), "hierarchical_memory_limit");
      limit = lesser(limit, of_all && *of_all < no_limit ? of_all : std::nullopt);
    }
    if (limit) {
      found(level, *limit);
    }
  }
  for (const std::string& directory : groups.unified) {
    const Level level{directory, false};
    if (const Limit limit = level.limit()) {
      found(level, *limit);
    }
  }
}

} // namespace

Limit parse_memory_limit(std::string_view text)
{
  const Limit bytes = TextFields(text).number<std::uint64_t>();
  return bytes && *bytes < no_limit ? bytes : std::nullopt;
}

std::uint64_t reclaimable_bytes(std::string_view memory_stat)
{
  const bool is_v1 = value_of(memory_stat, "total_inactive_file").has_value();
  const std::string prefix = is_v1 ? "total_" : "";
  std::uint64_t sum = 0;
  for (const char* const kind : {"inactive_file", "active_file", "slab_reclaimable"}) {
    sum += std::min(value_of(memory_stat, prefix + kind).value_or(0), no_limit);
  }
  return sum;
}

Limit memory_limit(const CgroupDirectories& groups)
{
  Limit least;
  for_each_limit(groups, [&](const Level&, std::uint64_t limit) { least = lesser(least, limit); });
  return least;
}

Limit memory_below_limit(const CgroupDirectories& groups)
{
  Limit least;
  for_each_limit(groups, [&](const Level& level, std::uint64_t limit) {
    const Limit usage = level.usage();
    if (usage) {
      const std::uint64_t taken = *usage - std::min(*usage, reclaimable_bytes(level.statistics()));
      least = lesser(least, limit - std::min(limit, taken));
    }
  });
  return least;
}

Limit oom_kills(const CgroupDirectories& groups)
{
  const auto count_in = [](const std::string& path, std::size_t length) {
    return value_of(start_of_file(path, length), "oom_kill");
  };
  Limit count;
  if (!groups.memory.empty()) {
    count = count_in(groups.memory.front() + "/memory.oom_control", events_length);
  }
  if (!count && !groups.unified.empty()) {
    count = count_in(groups.unified.front() + "/memory.events", events_length);
  }
  return count ? count : count_in("/proc/vmstat", vmstat_length);
}

} // namespace winnow::execute
