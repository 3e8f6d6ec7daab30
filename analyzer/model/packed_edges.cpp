// Counting sorts: group by one end, then transpose until both ends are in order.
#include "analyzer/model/packed_edges.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>
#include <stdexcept>
#include <utility>

namespace winnow {
namespace {

/// Room for neighbours by their number at each node, which `counts` has at the node's index + 1.
Adjacency room_for(std::vector<std::uint32_t> counts)
{
  Adjacency adjacency;
  adjacency.offsets = std::move(counts);
  std::partial_sum(adjacency.offsets.begin(), adjacency.offsets.end(), adjacency.offsets.begin());
  adjacency.nodes.resize(adjacency.offsets.back());
  adjacency.kinds.resize(adjacency.offsets.back());
  return adjacency;
}

/// Reverse, with the neighbours of a node in no order.
Adjacency grouped_by_end(std::vector<std::vector<PlainEdge>> lists, std::size_t node_count)
{
  std::size_t total = 0;
  std::vector<std::uint32_t> counts(node_count + 1, 0);
  for (const std::vector<PlainEdge>& list : lists) {
    total += list.size();
    for (const PlainEdge& edge : list) {
      ++counts[edge.to + 1];
    }
  }
  if (total > std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("a graph holds at most 4 billion edges");
  }
  Adjacency reverse = room_for(std::move(counts));
  std::vector<std::uint32_t> next = reverse.offsets;
  for (std::vector<PlainEdge>& list : lists) {
    for (const PlainEdge& edge : list) {
      const std::uint32_t at = next[edge.to]++;
      reverse.nodes[at] = edge.from;
      reverse.kinds[at] = edge.kind;
    }
    list = {};
  }
  return reverse;
}

/// The other direction; the neighbours of a node come in order, as they are visited in order.
Adjacency transposed(const Adjacency& adjacency)
{
  const std::size_t node_count = adjacency.offsets.size() - 1;
  std::vector<std::uint32_t> counts(node_count + 1, 0);
  for (const std::uint32_t node : adjacency.nodes) {
    ++counts[node + 1];
  }
  Adjacency other = room_for(std::move(counts));
  std::vector<std::uint32_t> next = other.offsets;
  for (std::uint32_t node = 0; node < node_count; ++node) {
    for (std::uint32_t i = adjacency.offsets[node]; i < adjacency.offsets[node + 1]; ++i) {
      const std::uint32_t at = next[adjacency.nodes[i]]++;
      other.nodes[at] = node;
      other.kinds[at] = adjacency.kinds[i];
    }
  }
  return other;
}

std::span<EdgeKind> each_once(std::span<EdgeKind> kinds)
{
  if (kinds.size() == 1) {
    return kinds; // as nearly always
  }
  std::ranges::sort(kinds);
  const auto repeated = std::ranges::unique(kinds);
  return kinds.first(kinds.size() - repeated.size());
}

/// Where neighbours are in order, leaves each with each kind once, the kinds in order.
void drop_repeated(Adjacency& adjacency)
{
  std::uint32_t kept = 0;
  std::uint32_t at = 0;
  for (std::size_t node = 0; node + 1 < adjacency.offsets.size(); ++node) {
    const std::uint32_t end = adjacency.offsets[node + 1];
    adjacency.offsets[node] = kept;
    while (at < end) {
      const std::uint32_t neighbour = adjacency.nodes[at];
      std::uint32_t same = at + 1;
      while (same < end && adjacency.nodes[same] == neighbour) {
        ++same;
      }
      for (const EdgeKind kind : each_once(std::span(adjacency.kinds).subspan(at, same - at))) {
        adjacency.nodes[kept] = neighbour;
        adjacency.kinds[kept++] = kind;
      }
      at = same;
    }
  }
  adjacency.offsets.back() = kept;
  adjacency.nodes.resize(kept);
  adjacency.kinds.resize(kept);
}

} // namespace

PackedEdges pack_edges(std::vector<std::vector<PlainEdge>> lists, std::size_t node_count)
{
  PackedEdges packed;
  packed.reverse = grouped_by_end(std::move(lists), node_count);
  packed.forward = transposed(packed.reverse);
  packed.reverse = {};
  drop_repeated(packed.forward);
  packed.reverse = transposed(packed.forward);
  return packed;
}

} // namespace winnow
