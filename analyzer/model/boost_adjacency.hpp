// A Graph as Boost.Graph sees it: vertices are node numbers, out-edges are dependents or
// dependencies.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/reach.hpp"

#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/iterator_facade.hpp>

#include <cstdint>
#include <utility>

namespace winnow {

/// One direction of a Graph; models Boost.Graph's IncidenceGraph. Cheap to copy.
struct DirectedView {
  const Graph* graph;
  Direction direction;

  [[nodiscard]] Neighbours neighbours(std::uint32_t node) const
  {
    return direction == Direction::dependents ? graph->dependents(NodeId{node})
                                              : graph->dependencies(NodeId{node});
  }
};

struct DirectedEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  EdgeKind kind = EdgeKind::source;

  bool operator==(const DirectedEdge&) const = default;
};

class OutEdgeIterator : public boost::iterator_facade<OutEdgeIterator, DirectedEdge,
                                                      boost::forward_traversal_tag, DirectedEdge> {
 public:
  OutEdgeIterator() = default;

  OutEdgeIterator(std::uint32_t from, Neighbours::Iterator at) : from_(from), at_(at) {}

 private:
  friend class boost::iterator_core_access;

  [[nodiscard]] DirectedEdge dereference() const
  {
    const Neighbour neighbour = *at_;
    return {from_, neighbour.node.value, neighbour.kind};
  }

  void increment() { ++at_; }

  [[nodiscard]] bool equal(const OutEdgeIterator& other) const { return at_ == other.at_; }

  std::uint32_t from_ = 0;
  Neighbours::Iterator at_;
};

inline std::uint32_t source(const DirectedEdge& edge, const DirectedView&)
{
  return edge.from;
}

inline std::uint32_t target(const DirectedEdge& edge, const DirectedView&)
{
  return edge.to;
}

inline std::pair<OutEdgeIterator, OutEdgeIterator> out_edges(std::uint32_t node,
                                                             const DirectedView& view)
{
  const Neighbours neighbours = view.neighbours(node);
  return {{node, neighbours.begin()}, {node, neighbours.end()}};
}

inline std::size_t out_degree(std::uint32_t node, const DirectedView& view)
{
  return view.neighbours(node).size();
}

} // namespace winnow

template <>
struct boost::graph_traits<winnow::DirectedView> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = winnow::DirectedEdge;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = boost::incidence_graph_tag;
  using out_edge_iterator = winnow::OutEdgeIterator;
  using degree_size_type = std::size_t;

  static vertex_descriptor null_vertex() { return 0xffffffff; }
};
