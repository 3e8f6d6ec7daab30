// The memory that a cgroup grants, and what is left of it.
#pragma once

#include "daemon/execute/cgroup_directories.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace winnow::execute {

/// Of memory.max, memory.high (v2) or memory.limit_in_bytes (v1), in bytes; nothing for "max", for
/// the number by which v1 says the same, and for what is no number.
std::optional<std::uint64_t> parse_memory_limit(std::string_view text);

/// Memory that the kernel takes back rather than let the group run into its limit, from memory.stat
/// (of v1 the totals with all groups below).
std::uint64_t reclaimable_bytes(std::string_view memory_stat);

/// The least that any of its groups grants it. v2: above memory.high a group is slowed down until
/// it is of no use, so that is the limit. v1 tells in memory.stat also of groups that are not seen.
std::optional<std::uint64_t> memory_limit(const CgroupDirectories& groups);

/// How much more the groups may use; the least of all levels that have a limit.
std::optional<std::uint64_t> memory_below_limit(const CgroupDirectories& groups);

/// How many processes the kernel has killed because memory ran out: those of the own group (v2: and
/// of groups below), whoever's limit it was; where no group counts, those of the machine.
std::optional<std::uint64_t> oom_kills(const CgroupDirectories& groups);

} // namespace winnow::execute
