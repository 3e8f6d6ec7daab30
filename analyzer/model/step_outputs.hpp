// The files that a step makes by what the build file says.
#pragma once

#include "analyzer/model/graph.hpp"

#include <vector>

namespace winnow {

/// Ordered by id, without the modules that only a scan tells of: ninja knows no such output before
/// it builds, and a compiler need not write one that stays the same.
std::vector<FileId> stated_outputs(const Graph& graph, StepId step);

} // namespace winnow
