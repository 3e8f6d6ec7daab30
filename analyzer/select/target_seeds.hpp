// What of a graph is a target's own: where searches for its dependents begin.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/select/library_homes.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::select {

/// Its artifacts, then its steps: a chain from the artifact is the shorter to tell.
std::vector<NodeId> made_by(const Graph& graph, TargetId target);

/// The headers that others may read of it: those of `declared` that the graph knows, and those that
/// lie in its directory or below, as far as no other library is nearer. Of several libraries of one
/// directory each has those that its steps read; one without steps has all.
std::vector<NodeId> headers_of(const Graph& graph, TargetId target, const LibraryHomes& homes,
                               std::span<const std::string> declared);

} // namespace winnow::select
