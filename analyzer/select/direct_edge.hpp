// Whether one node of a graph depends directly on another.
#pragma once

#include "analyzer/model/graph.hpp"

#include <optional>

namespace winnow::select {

/// Why `dependent` depends on `node` without anything between them; nothing if it does not. Where
/// there are several reasons, one of them. O(log of the dependents).
std::optional<EdgeKind> direct_edge(const Graph& graph, NodeId node, NodeId dependent);

} // namespace winnow::select
