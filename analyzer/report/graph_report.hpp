// A whole graph in formats that other programs draw or read.
#pragma once

#include "analyzer/model/graph.hpp"

#include <iosfwd>

namespace winnow::report {

/// A digraph for Graphviz; edges lead from what is depended on to what depends. Written as it is
/// read: no more than one node is in memory.
void graph_to_dot(const Graph& graph, std::ostream& out);

/// The document `winnow.graph`, a line per element:
///   kind, version, origin{}
///   nodes[]: {"file": graph path, "built", "hash" (if known)}, {"step": rule, "kind", "target"} or
///            {"test": name, "directory", "mapped"}; edges name nodes by their position, from 0
///   edges[]: [from, to, kind]; `to` depends on `from`
void graph_to_json(const Graph& graph, std::ostream& out);

} // namespace winnow::report
