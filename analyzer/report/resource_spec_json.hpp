// Resource specification files, as ctest defines their format.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/resource_spec.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace winnow::report {

/// Reads version 1.0, with comments and commas at the end of lists, as ctest does; of an id that
/// repeats the last counts, and what is not known is passed over, like kinds whose names are none.
/// `file` is the name for messages. A user error begins with ctest's words for the fault.
Result<ResourceSpec> resource_spec_from_json(std::string_view text, std::string_view file);

/// The same, from the file; a relative one is of `directory`.
Result<ResourceSpec> read_resource_spec(const std::string& directory, const std::string& file);

/// Why a test cannot be run, however long it waits: "insufficient resources:", then, in paragraphs
/// as ctest has them, what it asks for, what there is, and the file that says so.
std::string insufficient_resources_text(const std::vector<ResourceShortfall>& shortfalls,
                                        std::string_view file);

} // namespace winnow::report
