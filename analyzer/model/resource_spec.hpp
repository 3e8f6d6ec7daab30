// What a resource specification of ctest says there is, and what of it a test was given.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// One of a kind, as the first GPU is of the GPUs.
struct ResourceInstance {
  std::string id; ///< of [a-z0-9_]+, unique within its kind
  std::uint32_t slots = 1;

  auto operator<=>(const ResourceInstance&) const = default;
};

struct ResourceKind {
  std::string name;                        ///< of [a-z_][a-z0-9_]*
  std::vector<ResourceInstance> instances; ///< ascending by id

  auto operator<=>(const ResourceKind&) const = default;
};

struct ResourceSpec {
  std::string file;                ///< as it was called, to be told
  std::vector<ResourceKind> kinds; ///< ascending by name

  auto operator<=>(const ResourceSpec&) const = default;
};

/// Slots of one instance that one requirement was given.
struct AllocatedSlots {
  std::string kind;
  std::string id;
  std::uint32_t slots = 0;

  auto operator<=>(const AllocatedSlots&) const = default;
};

/// For each of a test's RESOURCE_GROUPS what it was given: ascending by kind, within a kind in the
/// order of the requirements.
using ResourceAllocation = std::vector<std::vector<AllocatedSlots>>;

/// A kind of which a test asks for more than there is even when nothing else runs.
struct ResourceShortfall {
  std::string kind;
  std::vector<std::uint32_t> wanted;                      ///< slots of each requirement
  std::optional<std::vector<ResourceInstance>> there_are; ///< unset: there is no such kind

  auto operator<=>(const ResourceShortfall&) const = default;
};

/// The file of GENERATED_RESOURCE_SPEC_FILE (CMake 3.28), which the test writes for those that use
/// its fixture; "" for tests without.
std::string generated_resource_spec(const TestProperties& properties);

} // namespace winnow
