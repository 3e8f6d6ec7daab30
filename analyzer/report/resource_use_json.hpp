// What is taken of everything there is, as JSON.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/resource_use.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// An object: "cpu" and "waiting" in cpus, "memory_bytes", each with used and capacity, of memory
/// also what is free; "pressure" with what is short, for how long, and how many tests ended for
/// want of memory; "resources", each with project, name, used and capacity; "locks", each with
/// project and name. The project of what is the machine's is "".
std::string resource_use_to_json(const ResourceUse& use);

/// Member "use" of a daemon's status.
Result<ResourceUse> resource_use_from_status(std::string_view status);

} // namespace winnow::report
