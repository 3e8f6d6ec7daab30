// What can be reached in a graph, and by which shortest chain.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/id_set.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace winnow {

enum class Direction {
  dependents,  ///< from what changed to what it can affect
  dependencies ///< from a test to what it is made of
};

/// One step of a chain: the node, and the edge by which the chain came to it (unset for the first).
struct ChainLink {
  NodeId node;
  std::optional<EdgeKind> via;

  bool operator==(const ChainLink&) const = default;
};

/// The nodes reached from some seeds, each with a predecessor on a shortest chain.
class Reach {
 public:
  [[nodiscard]] bool contains(NodeId node) const;

  /// In the order they were reached: nearer ones first.
  [[nodiscard]] std::span<const NodeId> nodes() const { return order_; }

  /// From a seed to `node`, both included. Requires contains(node).
  [[nodiscard]] std::vector<ChainLink> chain_to(NodeId node) const;

 private:
  friend Reach reach(const Graph&, std::span<const NodeId>, Direction);
  friend struct ReachVisitor;

  struct Arrival {
    std::uint32_t from;
    std::optional<EdgeKind> via;
  };

  void arrive(NodeId node, Arrival arrival);

  std::vector<NodeId> order_;
  std::vector<Arrival> arrivals_;
  IdSet<NodeId> reached_;
  std::unique_ptr<std::uint32_t[]> arrival_of_; ///< by node that is reached: index into arrivals_
};

/// Breadth-first with Boost.Graph, O(nodes and edges reached): most searches reach few.
Reach reach(const Graph& graph, std::span<const NodeId> seeds, Direction direction);

} // namespace winnow
