// Pools by name, demands by number.
#include "analyzer/schedule/pool_table.hpp"

#include <algorithm>

namespace winnow::schedule {

PoolId PoolTable::intern(std::string_view scope, std::string_view name)
{
  const std::string_view owner = name.starts_with("machine:") ? std::string_view() : scope;
  const PoolId next{static_cast<std::uint32_t>(pools_.size())};
  const auto [entry, is_new] = ids_.emplace(std::pair<std::string, std::string>(owner, name), next);
  if (is_new) {
    pools_.push_back({0, 0, std::string(owner), std::string(name)});
  }
  return entry->second;
}

std::vector<PoolId> PoolTable::declare(std::string_view scope,
                                       const std::vector<ResourceCount>& pools)
{
  std::vector<PoolId> declared;
  for (const ResourceCount& pool : pools) {
    declared.push_back(intern(scope, pool.name));
    pools_[declared.back().value].capacity = pool.count;
  }
  return declared;
}

std::uint32_t PoolTable::demand_of(std::string_view scope, const std::vector<ResourceCount>& wanted)
{
  std::map<PoolId, std::int64_t> counts;
  for (const ResourceCount& resource : wanted) {
    if (resource.count != 0) {
      counts[intern(scope, resource.name)] += resource.count;
    }
  }
  if (counts.empty()) {
    return 0;
  }
  std::vector<Units> units;
  for (const auto& [pool, count] : counts) {
    units.push_back({pool, count});
  }
  const auto next = static_cast<std::uint32_t>(demands_.size());
  const auto [number, is_new] = numbers_.emplace(units, next);
  if (is_new) {
    demands_.push_back(std::move(units));
  }
  return number->second;
}

bool PoolTable::is_free(std::uint32_t demand) const
{
  return std::ranges::all_of(demands_[demand], [&](const Units& units) {
    const Pool& pool = pools_[units.pool.value];
    return pool.used == 0 || pool.used + units.count <= pool.capacity;
  });
}

bool PoolTable::compete(std::uint32_t demand, std::uint32_t other) const
{
  return std::ranges::any_of(demands_[demand], [&](const Units& units) {
    return std::ranges::any_of(demands_[other],
                               [&](const Units& wanted) { return wanted.pool == units.pool; });
  });
}

void PoolTable::take(TaskId task, std::uint32_t demand)
{
  if (demand == 0) {
    return;
  }
  for (const Units& units : demands_[demand]) {
    pools_[units.pool.value].used += units.count;
  }
  break_promise(task);
}

void PoolTable::give_back(std::uint32_t demand)
{
  for (const Units& units : demands_[demand]) {
    pools_[units.pool.value].used -= units.count;
  }
}

void PoolTable::promise(TaskId task, std::uint32_t demand)
{
  std::erase_if(promised_, [&](const Promised& other) {
    return other.task == task || compete(other.demand, demand);
  });
  promised_.push_back({task, demand});
}

CountedUse PoolTable::use_of(PoolId id) const
{
  const Pool& pool = pools_[id.value];
  return {pool.scope, pool.name, static_cast<std::uint64_t>(pool.capacity),
          static_cast<std::uint64_t>(pool.used)};
}

} // namespace winnow::schedule
