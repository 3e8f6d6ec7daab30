// How a test is told what it was granted of cpus and of counted kinds.
#pragma once

#include "analyzer/model/counted_resource.hpp"
#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace winnow::execute {

/// What the kinds that a test uses say it is to be told, as "NAME=text".
std::vector<std::string> counted_variables(std::span<const CountedResource> resources,
                                           const StatedResources& stated);

/// "OMP_NUM_THREADS=N": what the surroundings say, but not more than the cpus it was granted. Their
/// number for nested parallelism is that of the outermost level.
std::string thread_variable(const std::vector<std::string>& surroundings, std::uint32_t cpus);

} // namespace winnow::execute
