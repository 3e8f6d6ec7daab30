// Slots of named instances: what of a resource specification is free, and who gets which.
#pragma once

#include "analyzer/model/resource_spec.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace winnow::schedule {

/// RESOURCE_GROUPS of a test: slots of one requirement are of one instance.
using ResourceGroups = std::vector<std::vector<ResourceRequirement>>;

/// Never gives out more slots of an instance than it has. Kinds are independent of each other.
class ResourcePool {
 public:
  explicit ResourcePool(const ResourceSpec& spec);

  /// What a test with these groups would be given now: as ctest has it, the largest requirement
  /// first, each from the instance with the most free slots, and back to the next one where that
  /// leaves no room for the rest. Finds an assignment if there is one, up to a million steps.
  [[nodiscard]] std::optional<ResourceAllocation> allocate(const ResourceGroups& groups) const;

  /// What the groups ask for in vain, of this pool as it is now, ascending by kind.
  [[nodiscard]] std::vector<ResourceShortfall> shortfalls(const ResourceGroups& groups) const;

  /// Takes slots that allocate() has found.
  void take(const ResourceAllocation& allocation);
  void give_back(const ResourceAllocation& allocation);

  /// All slots of a kind, free or not; 0 of one that is not there.
  [[nodiscard]] std::uint64_t slots_of(const std::string& kind) const;

 private:
  struct Instance {
    std::string id;
    std::uint32_t slots = 0;
    std::uint32_t used = 0;
  };

  /// By kind, then as in the specification.
  std::map<std::string, std::vector<Instance>> kinds_;
};

} // namespace winnow::schedule
