// The other ends of a node's edges, as graph images store them.
#pragma once

#include "analyzer/model/edge_kind.hpp"
#include "analyzer/model/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <stdexcept>

namespace winnow {

/// One half of an edge, seen from the other end.
struct Neighbour {
  NodeId node;
  EdgeKind kind;
};

/// A neighbour in four bytes: the node, then five bits for the kind, so that their order is that of
/// (node, kind). Ten million edges in both directions are most of a large graph's size.
using PackedNeighbour = std::uint32_t;

inline constexpr int kind_bits = 5;
inline constexpr std::uint32_t most_nodes = std::uint32_t{1} << (32 - kind_bits);
static_assert(edge_kind_names.size() <= std::size_t{1} << kind_bits);

/// Throws std::length_error from most_nodes (134 million) on.
constexpr PackedNeighbour packed(std::uint32_t node, EdgeKind kind)
{
  if (node >= most_nodes) {
    throw std::length_error("a graph holds at most 134 million files, steps and tests");
  }
  return node << kind_bits | static_cast<std::uint32_t>(kind);
}

constexpr std::uint32_t node_in(PackedNeighbour neighbour)
{
  return neighbour >> kind_bits;
}

constexpr EdgeKind kind_in(PackedNeighbour neighbour)
{
  return static_cast<EdgeKind>(neighbour & ((1U << kind_bits) - 1));
}

/// The neighbours of one node, read where they are stored.
class Neighbours {
 public:
  Neighbours() = default;

  explicit Neighbours(std::span<const PackedNeighbour> stored) : stored_(stored) {}

  [[nodiscard]] std::size_t size() const { return stored_.size(); }

  [[nodiscard]] bool empty() const { return stored_.empty(); }

  Neighbour operator[](std::size_t i) const { return unpacked(stored_[i]); }

  class Iterator {
   public:
    using value_type = Neighbour;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;

    explicit Iterator(const PackedNeighbour* at) : at_(at) {}

    Neighbour operator*() const { return unpacked(*at_); }

    Iterator& operator++()
    {
      ++at_;
      return *this;
    }

    Iterator operator++(int)
    {
      Iterator old = *this;
      ++*this;
      return old;
    }

    bool operator==(const Iterator& other) const = default;

   private:
    const PackedNeighbour* at_ = nullptr;
  };

  [[nodiscard]] Iterator begin() const { return Iterator(stored_.data()); }

  [[nodiscard]] Iterator end() const { return Iterator(stored_.data() + stored_.size()); }

 private:
  static Neighbour unpacked(PackedNeighbour neighbour)
  {
    return {NodeId{node_in(neighbour)}, kind_in(neighbour)};
  }

  std::span<const PackedNeighbour> stored_;
};

} // namespace winnow
