// Both directions of all edges, packed as a graph image stores them.
#pragma once

#include "analyzer/model/edge_kind.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace winnow {

/// An edge between two nodes, or between two items that will become nodes.
struct PlainEdge {
  std::uint32_t from;
  std::uint32_t to;
  EdgeKind kind;
};

/// One direction: the neighbours of node n stand at offsets[n] … offsets[n + 1].
struct Adjacency {
  std::vector<std::uint32_t> offsets;
  std::vector<std::uint32_t> nodes;
  std::vector<EdgeKind> kinds;
};

struct PackedEdges {
  Adjacency forward; ///< of each node those that depend on it
  Adjacency reverse; ///< of each node those it depends on
};

/// Each (from, to, kind) once, neighbours ordered by node, then kind. Consumes the lists, whose
/// memory is most of what a large graph needs while it is written. Linear: by counting, three
/// times; sorting ten million edges takes seconds.
PackedEdges pack_edges(std::vector<std::vector<PlainEdge>> lists, std::size_t node_count);

} // namespace winnow
