// The text of the property RESOURCE_GROUPS.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// "2,gpus:4;cpus:1,gpus:2" as groups of requirements: two groups of four gpu slots, then one of a
/// cpu slot and two gpu slots. Nothing for a text that ctest would not accept, and for one of more
/// groups or slots than any machine has.
std::optional<std::vector<std::vector<ResourceRequirement>>>
parse_resource_groups(std::string_view text);

} // namespace winnow::ingest
