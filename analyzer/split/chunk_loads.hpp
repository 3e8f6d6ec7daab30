// How full each chunk is while items are put into it and taken out again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace winnow::split {

/// An atom as the balance sees it.
struct Item {
  std::int64_t work_us = 0;              ///< its share of the machine's time
  std::vector<std::uint32_t> companions; ///< ascending
  /// For each lock that its tests take, how long; no lock twice.
  std::vector<std::pair<std::uint32_t, std::int64_t>> locks;
  std::uint32_t tests = 0; ///< without companions
};

struct Items {
  std::vector<Item> items;
  std::vector<std::int64_t> companion_work_us;
  std::uint32_t lock_count = 0;
};

/// A chunk's time is estimated as the larger of its work and the longest of its locks.
struct Load {
  std::int64_t time_us = 0;
  std::int64_t work_us = 0;
  std::uint32_t tests = 0; ///< companions included
};

using ItemIndex = std::uint32_t;
using ChunkIndex = std::uint32_t;

class ChunkLoads {
 public:
  ChunkLoads(const Items& items, std::uint32_t chunks);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(chunks_.size()); }

  [[nodiscard]] const Load& load(ChunkIndex chunk) const { return chunks_[chunk].load; }

  [[nodiscard]] const std::vector<ItemIndex>& items(ChunkIndex chunk) const
  {
    return chunks_[chunk].items;
  }

  /// What the load would be with one item more and another less.
  [[nodiscard]] Load load_with(ChunkIndex chunk, std::optional<ItemIndex> added,
                               std::optional<ItemIndex> removed = std::nullopt) const;

  void add(ChunkIndex chunk, ItemIndex item);
  void remove(ChunkIndex chunk, ItemIndex item);
  ChunkIndex open_chunk();

 private:
  struct State {
    Load load;
    std::vector<ItemIndex> items;
    std::vector<std::uint32_t> companion_users;
    std::vector<std::int64_t> lock_us;
    std::int64_t longest_lock_us = 0;
  };

  [[nodiscard]] std::int64_t longest_lock_with(const State& chunk, const Item* added,
                                               const Item* removed) const;

  const Items& all_;
  std::vector<State> chunks_;
};

} // namespace winnow::split
