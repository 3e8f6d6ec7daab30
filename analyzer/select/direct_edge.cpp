// Bisects the dependents, which are ordered by node.
#include "analyzer/select/direct_edge.hpp"

#include <cstddef>

namespace winnow::select {

std::optional<EdgeKind> direct_edge(const Graph& graph, NodeId node, NodeId dependent)
{
  const Neighbours dependents = graph.dependents(node);
  std::size_t low = 0;
  for (std::size_t count = dependents.size(); count > 0;) {
    const std::size_t half = count / 2;
    if (dependents[low + half].node < dependent) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  const bool found = low < dependents.size() && dependents[low].node == dependent;
  return found ? std::optional(dependents[low].kind) : std::nullopt;
}

} // namespace winnow::select
