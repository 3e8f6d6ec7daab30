// Breadth-first search by Boost.Graph, keeping for each node how it was first reached.
#include "analyzer/model/reach.hpp"

#include "analyzer/model/boost_adjacency.hpp"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/pending/queue.hpp>
#include <boost/property_map/property_map.hpp>

#include <algorithm>

namespace winnow {
namespace {

/// White until arrived at.
struct ArrivalColors {
  const IdSet<NodeId>* reached;
};

using Color = boost::default_color_type;

Color get(const ArrivalColors& colors, std::uint32_t node)
{
  return colors.reached->contains(NodeId{node}) ? boost::black_color : boost::white_color;
}

void put(const ArrivalColors&, std::uint32_t, Color)
{
  // The visitor marks arrivals before the search colours a node.
}

} // namespace
} // namespace winnow

template <>
struct boost::property_traits<winnow::ArrivalColors> {
  using key_type = std::uint32_t;
  using value_type = boost::default_color_type;
  using reference = value_type;
  using category = boost::read_write_property_map_tag;
};

namespace winnow {

bool Reach::contains(NodeId node) const
{
  return reached_.contains(node);
}

std::vector<ChainLink> Reach::chain_to(NodeId node) const
{
  std::vector<ChainLink> chain;
  while (true) {
    const Arrival& arrival = arrivals_[arrival_of_[node.value]];
    chain.push_back({node, arrival.via});
    if (!arrival.via) {
      break;
    }
    node = NodeId{arrival.from};
  }
  std::ranges::reverse(chain);
  return chain;
}

/// Notes how each node is arrived at, and when.
struct ReachVisitor : boost::default_bfs_visitor {
  Reach* reach;

  void tree_edge(const DirectedEdge& edge, const DirectedView&) const
  {
    reach->arrive(NodeId{edge.to}, {edge.from, edge.kind});
  }

  void discover_vertex(std::uint32_t node, const DirectedView&) const
  {
    reach->order_.push_back({node});
  }
};

void Reach::arrive(NodeId node, Arrival arrival)
{
  reached_.insert(node);
  arrival_of_[node.value] = static_cast<std::uint32_t>(arrivals_.size());
  arrivals_.push_back(arrival);
}

Reach reach(const Graph& graph, std::span<const NodeId> seeds, Direction direction)
{
  Reach result;
  if (seeds.empty()) {
    return result;
  }
  result.arrival_of_ = std::make_unique_for_overwrite<std::uint32_t[]>(graph.node_count());
  std::vector<std::uint32_t> sources;
  for (const NodeId seed : seeds) {
    if (!result.contains(seed)) {
      result.arrive(seed, {seed.value, std::nullopt});
      sources.push_back(seed.value);
    }
  }
  ReachVisitor visitor;
  visitor.reach = &result;
  boost::queue<std::uint32_t> queue;
  boost::breadth_first_visit(DirectedView{&graph, direction}, sources.begin(), sources.end(), queue,
                             visitor, ArrivalColors{&result.reached_});
  return result;
}

} // namespace winnow
