// winnow split --lists: files that say what each chunk has.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/plan.hpp"

#include <string>

namespace winnow::client {

/// Writes them into `directory`, which is made where it is missing; those that another plan left
/// there are removed. Says on standard error where ctest would take more tests than a list names.
Result<void> write_chunk_lists(const Plan& plan, const Graph& graph, const std::string& directory);

} // namespace winnow::client
