// What steps read without ninja knowing that they do.
#pragma once

#include "analyzer/model/graph.hpp"

#include <vector>

namespace winnow::select {

/// Whether ninja makes a step anew when a file that such an edge leads from is newer.
bool is_seen_by_ninja(EdgeKind kind);

/// The files that the step reads and that ninja does not compare with its outputs: those that only
/// its command names, or an input of it mentions, those that only a scan of the sources found, the
/// modules that it uses (CMake does not tell ninja of all that Fortran sources use), and of a
/// custom command the outputs of others that it waits for by order alone (a command that reads them
/// has to state more than the order). Ordered by id, each once.
std::vector<FileId> unseen_inputs(const Graph& graph, StepId step);

} // namespace winnow::select
