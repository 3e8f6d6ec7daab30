// Removing what a step made, and nothing else.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/roots.hpp"

#include <string>
#include <vector>

namespace winnow::client {

/// Removes the outputs of `step` that are regular files below the build root and that git does not
/// list among the sources; no link is followed on the way to them. Gives the graph paths of those
/// removed: none means that ninja will still take the step for done.
std::vector<std::string> remove_outputs(const Graph& graph, StepId step, const Roots& roots,
                                        const SourceState& sources);

} // namespace winnow::client
