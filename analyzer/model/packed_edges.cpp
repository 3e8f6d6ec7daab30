// Counting sorts: what ends first comes first, so that neighbours come in order.
#include "analyzer/model/packed_edges.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace winnow {
namespace {

/// Offsets of neighbours, of which `counts` has the number at each node's index + 1.
std::vector<std::uint32_t> offsets_of(std::vector<std::uint32_t> counts)
{
  std::partial_sum(counts.begin(), counts.end(), counts.begin());
  return counts;
}

struct PlacedGroup {
  std::uint32_t to;
  std::span<const PackedNeighbour> starts;
};

std::vector<PlacedGroup> ordered_groups(const std::vector<EdgeList>& lists)
{
  std::vector<PlacedGroup> groups;
  std::size_t total = 0;
  for (const EdgeList& list : lists) {
    total += list.size();
    for (std::size_t group = 0; group < list.group_count(); ++group) {
      groups.push_back({list.end_of(group), list.starts_of(group)});
    }
  }
  if (total > std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("a graph holds at most 4 billion edges");
  }
  std::ranges::sort(groups, {}, &PlacedGroup::to);
  return groups;
}

/// Neighbours are in order but for their kinds; leaves each with each kind once.
void order_kinds_and_drop_repeated(Adjacency& adjacency)
{
  std::vector<PackedNeighbour>& all = adjacency.neighbours;
  auto kept = all.begin();
  auto at = all.begin();
  for (std::size_t node = 0; node + 1 < adjacency.offsets.size(); ++node) {
    const auto end = all.begin() + adjacency.offsets[node + 1];
    adjacency.offsets[node] = static_cast<std::uint32_t>(kept - all.begin());
    if (!std::is_sorted(at, end)) {
      std::sort(at, end);
    }
    const auto last = std::unique(at, end);
    kept = kept == at ? last : std::copy(at, last, kept);
    at = end;
  }
  adjacency.offsets.back() = static_cast<std::uint32_t>(kept - all.begin());
  all.erase(kept, all.end());
}

} // namespace

Adjacency pack_forward(std::vector<EdgeList> lists, std::size_t node_count)
{
  const std::vector<PlacedGroup> groups = ordered_groups(lists);
  std::vector<std::uint32_t> counts(node_count + 1, 0);
  for (const PlacedGroup& group : groups) {
    for (const PackedNeighbour start : group.starts) {
      ++counts[node_in(start) + 1];
    }
  }
  Adjacency forward{offsets_of(std::move(counts)), {}};
  forward.neighbours.resize(forward.offsets.back());
  std::vector<std::uint32_t> next = forward.offsets;
  for (const PlacedGroup& group : groups) {
    for (const PackedNeighbour start : group.starts) {
      forward.neighbours[next[node_in(start)]++] = packed(group.to, kind_in(start));
    }
  }
  order_kinds_and_drop_repeated(forward);
  return forward;
}

std::vector<std::uint32_t> transposed_offsets(const Adjacency& adjacency)
{
  std::vector<std::uint32_t> counts(adjacency.offsets.size(), 0);
  for (const PackedNeighbour neighbour : adjacency.neighbours) {
    ++counts[node_in(neighbour) + 1];
  }
  return offsets_of(std::move(counts));
}

void transpose(const Adjacency& adjacency, const std::vector<std::uint32_t>& offsets,
               std::span<PackedNeighbour> transposed)
{
  std::vector<std::uint32_t> next = offsets;
  const auto node_count = static_cast<std::uint32_t>(adjacency.offsets.size() - 1);
  for (std::uint32_t node = 0; node < node_count; ++node) {
    for (std::uint32_t i = adjacency.offsets[node]; i < adjacency.offsets[node + 1]; ++i) {
      const PackedNeighbour neighbour = adjacency.neighbours[i];
      transposed[next[node_in(neighbour)]++] = packed(node, kind_in(neighbour));
    }
  }
}

} // namespace winnow
