// How full each chunk is while items are put into it and taken out again.
#pragma once

#include "analyzer/split/build_needs.hpp"

#include <algorithm>
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
  std::uint32_t tests = 0;                 ///< without companions
  std::int64_t own_build_us = 0;           ///< of what nobody else needs
  std::vector<std::uint32_t> shared_parts; ///< of the build, ascending

  /// Whether it shares nothing with others, but what is built.
  [[nodiscard]] bool is_plain() const { return companions.empty() && locks.empty(); }

  /// The least that it adds to a chunk.
  [[nodiscard]] std::int64_t weight_us() const;
};

struct Items {
  std::vector<Item> items;
  std::vector<std::int64_t> companion_work_us;
  std::uint32_t lock_count = 0;
  std::vector<std::int64_t> shared_build_us; ///< of each part that some items share
  BuildTime build_time = BuildTime::left_out;
};

/// A chunk's time is estimated as the larger of its work and the longest of its locks.
struct Load {
  std::int64_t time_us = 0; ///< with `build_us`, where that is counted
  std::int64_t work_us = 0;
  std::int64_t build_us = 0;
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

  /// The time of a chunk with one plain item more, where builds do not count.
  [[nodiscard]] std::int64_t time_with_plain(ChunkIndex index, const Item& item) const
  {
    return std::max(chunks_[index].load.work_us + item.work_us, chunks_[index].longest_lock_us);
  }

  /// What the load would be with one plain item more: what most placing of many items asks for.
  [[nodiscard]] Load load_with_plain(ChunkIndex index, const Item& item) const
  {
    const State& chunk = chunks_[index];
    Load load = chunk.load;
    load.work_us += item.work_us;
    load.build_us += item.own_build_us;
    for (const std::uint32_t part : item.shared_parts) {
      load.build_us += part_users_[part][index] == 0 ? all_.shared_build_us[part] : 0;
    }
    load.tests += item.tests;
    load.time_us = time_us(load, chunk.longest_lock_us);
    return load;
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
    std::int64_t longest_lock_us = 0; // beside it: placing asks for both, of all chunks
    std::vector<ItemIndex> items;
    std::vector<std::uint32_t> companion_users;
    std::vector<std::int64_t> lock_us;
  };

  [[nodiscard]] std::int64_t time_us(const Load& load, std::int64_t longest_lock_us) const
  {
    return std::max(load.work_us, longest_lock_us) +
           (all_.build_time == BuildTime::counted ? load.build_us : 0);
  }

  [[nodiscard]] std::int64_t build_with(ChunkIndex chunk, const Item* added,
                                        const Item* removed) const;
  [[nodiscard]] std::int64_t longest_lock_with(const State& chunk, const Item* added,
                                               const Item* removed) const;

  const Items& all_;
  std::vector<State> chunks_;
  std::vector<std::vector<std::uint32_t>> part_users_; ///< of each part, by chunk
};

} // namespace winnow::split
