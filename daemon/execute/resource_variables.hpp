// How a test is told which slots of which instances are its own.
#pragma once

#include "analyzer/model/resource_spec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace winnow::execute {

/// Sets CTEST_RESOURCE_GROUP_COUNT, CTEST_RESOURCE_GROUP_<n> and CTEST_RESOURCE_GROUP_<n>_<KIND> in
/// `environment`, which holds "NAME=value"; without an allocation the first is taken away. As in
/// ctest that is stronger than what the test itself states.
void set_resource_variables(std::vector<std::string>& environment,
                            const std::optional<ResourceAllocation>& allocation);

} // namespace winnow::execute
