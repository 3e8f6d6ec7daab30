// Keeps what is used of each instance.
#include "analyzer/schedule/resource_pool.hpp"

#include "analyzer/schedule/slot_search.hpp"

#include <algorithm>

namespace winnow::schedule {
namespace {

/// What all groups ask of one kind: the slots of each requirement, and which group it is of.
struct Wanted {
  std::vector<std::uint32_t> slots;
  std::vector<std::size_t> groups;
};

std::map<std::string, Wanted> by_kind(const ResourceGroups& groups)
{
  std::map<std::string, Wanted> kinds;
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (const ResourceRequirement& requirement : groups[group]) {
      Wanted& wanted = kinds[requirement.kind];
      wanted.slots.push_back(requirement.slots);
      wanted.groups.push_back(group);
    }
  }
  return kinds;
}

template <class Instances>
std::vector<std::uint32_t> free_slots(const Instances& instances)
{
  std::vector<std::uint32_t> free;
  for (const auto& instance : instances) {
    free.push_back(instance.slots - instance.used);
  }
  return free;
}

template <class Kinds, class Change>
void change_used(Kinds& kinds, const ResourceAllocation& allocation, Change change)
{
  for (const std::vector<AllocatedSlots>& group : allocation) {
    for (const AllocatedSlots& given : group) {
      auto& instances = kinds.at(given.kind);
      const auto instance =
          std::ranges::find_if(instances, [&](const auto& each) { return each.id == given.id; });
      change(instance->used, given.slots);
    }
  }
}

} // namespace

ResourcePool::ResourcePool(const ResourceSpec& spec)
{
  for (const ResourceKind& kind : spec.kinds) {
    std::vector<Instance>& instances = kinds_[kind.name];
    for (const ResourceInstance& instance : kind.instances) {
      std::erase_if(instances, [&](const Instance& other) { return other.id == instance.id; });
      instances.push_back({instance.id, instance.slots, 0});
    }
  }
}

std::optional<ResourceAllocation> ResourcePool::allocate(const ResourceGroups& groups) const
{
  ResourceAllocation allocation(groups.size());
  for (const auto& [kind, wanted] : by_kind(groups)) {
    const auto there = kinds_.find(kind);
    if (there == kinds_.end()) {
      return std::nullopt;
    }
    const auto instances = assign_slots(free_slots(there->second), wanted.slots);
    if (!instances) {
      return std::nullopt;
    }
    for (std::size_t at = 0; at < wanted.slots.size(); ++at) {
      const std::string& id = there->second[(*instances)[at]].id;
      allocation[wanted.groups[at]].push_back({kind, id, wanted.slots[at]});
    }
  }
  return allocation;
}

std::vector<ResourceShortfall> ResourcePool::shortfalls(const ResourceGroups& groups) const
{
  std::vector<ResourceShortfall> shortfalls;
  for (const auto& [kind, wanted] : by_kind(groups)) {
    const auto there = kinds_.find(kind);
    if (there == kinds_.end()) {
      shortfalls.push_back({kind, wanted.slots, std::nullopt});
    } else if (!assign_slots(free_slots(there->second), wanted.slots)) {
      std::vector<ResourceInstance> instances;
      for (const Instance& instance : there->second) {
        instances.push_back({instance.id, instance.slots});
      }
      shortfalls.push_back({kind, wanted.slots, std::move(instances)});
    }
  }
  return shortfalls;
}

void ResourcePool::take(const ResourceAllocation& allocation)
{
  change_used(kinds_, allocation, [](std::uint32_t& used, std::uint32_t slots) { used += slots; });
}

void ResourcePool::give_back(const ResourceAllocation& allocation)
{
  change_used(kinds_, allocation, [](std::uint32_t& used, std::uint32_t slots) { used -= slots; });
}

std::uint64_t ResourcePool::slots_of(const std::string& kind) const
{
  const auto there = kinds_.find(kind);
  std::uint64_t slots = 0;
  if (there != kinds_.end()) {
    for (const Instance& instance : there->second) {
      slots += instance.slots;
    }
  }
  return slots;
}

} // namespace winnow::schedule
