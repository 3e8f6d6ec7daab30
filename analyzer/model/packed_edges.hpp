// All edges in one direction or the other, packed as a graph image stores them.
#pragma once

#include "analyzer/model/edge_kind.hpp"
#include "analyzer/model/neighbours.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace winnow {

/// Collected edges. Those added one after the other mostly end at one node, which is then stored
/// once: four bytes an edge, not twelve.
class EdgeList {
 public:
  struct Group {
    std::uint32_t to;
    std::size_t begin; ///< where its edges begin; they end where those of the next group do
  };

  void reserve(std::size_t edges) { starts_.reserve(edges); }

  /// Throws std::length_error where `from` is too large for a graph.
  void add(std::uint32_t from, std::uint32_t to, EdgeKind kind)
  {
    if (groups_.empty() || groups_.back().to != to) {
      groups_.push_back({to, starts_.size()});
    }
    starts_.push_back(packed(from, kind));
  }

  [[nodiscard]] std::size_t size() const { return starts_.size(); }

  [[nodiscard]] std::size_t group_count() const { return groups_.size(); }

  [[nodiscard]] std::uint32_t end_of(std::size_t group) const { return groups_[group].to; }

  /// The other ends of a group's edges.
  [[nodiscard]] std::span<const PackedNeighbour> starts_of(std::size_t group) const
  {
    const std::size_t end = group + 1 < groups_.size() ? groups_[group + 1].begin : starts_.size();
    return std::span(starts_).subspan(groups_[group].begin, end - groups_[group].begin);
  }

  /// Gives both ends other numbers.
  template <class From, class To>
  void renumber(From from, To to)
  {
    for (PackedNeighbour& start : starts_) {
      start = packed(from(node_in(start)), kind_in(start));
    }
    for (Group& group : groups_) {
      group.to = to(group.to);
    }
  }

 private:
  std::vector<Group> groups_;
  std::vector<PackedNeighbour> starts_;
};

/// One direction: the neighbours of node n stand at offsets[n] … offsets[n + 1].
struct Adjacency {
  std::vector<std::uint32_t> offsets;
  std::vector<PackedNeighbour> neighbours;
};

/// Of each node those that depend on it: each (from, to, kind) once, ordered by node, then kind.
/// Consumes the lists, whose memory is most of what a large graph needs while it is written.
/// Linear, by counting; sorting ten million edges takes seconds.
Adjacency pack_forward(std::vector<EdgeList> lists, std::size_t node_count);

/// The offsets of the other direction.
std::vector<std::uint32_t> transposed_offsets(const Adjacency& adjacency);

/// Fills in the other direction, of which `offsets` are the offsets; as ordered as this one.
void transpose(const Adjacency& adjacency, const std::vector<std::uint32_t>& offsets,
               std::span<PackedNeighbour> transposed);

} // namespace winnow
