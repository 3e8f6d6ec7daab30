// Counts companions once for each chunk, however many of its items need them.
#include "analyzer/split/chunk_loads.hpp"

#include <algorithm>

namespace winnow::split {
namespace {

bool needs(const Item* item, std::uint32_t companion)
{
  return item != nullptr &&
         std::binary_search(item->companions.begin(), item->companions.end(), companion);
}

std::int64_t lock_time_us(const Item* item, std::uint32_t lock)
{
  if (item != nullptr) {
    for (const auto& [of, time_us] : item->locks) {
      if (of == lock) {
        return time_us;
      }
    }
  }
  return 0;
}

bool shares(const Item* item, std::uint32_t part)
{
  return item != nullptr && std::ranges::binary_search(item->shared_parts, part);
}

} // namespace

std::int64_t Item::weight_us() const
{
  std::int64_t weight_us = work_us;
  for (const auto& [lock, time_us] : locks) {
    weight_us = std::max(weight_us, time_us);
  }
  return weight_us;
}

ChunkLoads::ChunkLoads(const Items& items, std::uint32_t chunks)
    : all_(items), part_users_(items.shared_build_us.size())
{
  for (std::uint32_t chunk = 0; chunk < chunks; ++chunk) {
    open_chunk();
  }
}

ChunkIndex ChunkLoads::open_chunk()
{
  State& chunk = chunks_.emplace_back();
  chunk.companion_users.resize(all_.companion_work_us.size(), 0);
  for (std::vector<std::uint32_t>& users : part_users_) {
    users.push_back(0);
  }
  chunk.lock_us.resize(all_.lock_count, 0);
  return size() - 1;
}

Load ChunkLoads::load_with(ChunkIndex index, std::optional<ItemIndex> added,
                           std::optional<ItemIndex> removed) const
{
  const State& chunk = chunks_[index];
  const Item* more = added ? &all_.items[*added] : nullptr;
  const Item* less = removed ? &all_.items[*removed] : nullptr;
  Load load = chunk.load;
  if (more != nullptr) {
    load.work_us += more->work_us;
    load.tests += more->tests;
    for (const std::uint32_t companion : more->companions) {
      if (chunk.companion_users[companion] == 0) {
        load.work_us += all_.companion_work_us[companion];
        ++load.tests;
      }
    }
  }
  if (less != nullptr) {
    load.work_us -= less->work_us;
    load.tests -= less->tests;
    for (const std::uint32_t companion : less->companions) {
      if (chunk.companion_users[companion] == 1 && !needs(more, companion)) {
        load.work_us -= all_.companion_work_us[companion];
        --load.tests;
      }
    }
  }
  load.build_us = build_with(index, more, less);
  load.time_us = time_us(load, longest_lock_with(chunk, more, less));
  return load;
}

std::int64_t ChunkLoads::build_with(ChunkIndex chunk, const Item* added, const Item* removed) const
{
  std::int64_t build_us = chunks_[chunk].load.build_us;
  if (added != nullptr) {
    build_us += added->own_build_us;
    for (const std::uint32_t part : added->shared_parts) {
      build_us += part_users_[part][chunk] == 0 ? all_.shared_build_us[part] : 0;
    }
  }
  if (removed != nullptr) {
    build_us -= removed->own_build_us;
    for (const std::uint32_t part : removed->shared_parts) {
      const bool is_last = part_users_[part][chunk] == 1 && !shares(added, part);
      build_us -= is_last ? all_.shared_build_us[part] : 0;
    }
  }
  return build_us;
}

std::int64_t ChunkLoads::longest_lock_with(const State& chunk, const Item* added,
                                           const Item* removed) const
{
  if (removed == nullptr || removed->locks.empty()) {
    std::int64_t longest = chunk.longest_lock_us;
    if (added != nullptr) {
      for (const auto& [lock, time_us] : added->locks) {
        longest = std::max(longest, chunk.lock_us[lock] + time_us);
      }
    }
    return longest;
  }
  std::int64_t longest = 0;
  for (std::uint32_t lock = 0; lock < chunk.lock_us.size(); ++lock) {
    longest = std::max(longest, chunk.lock_us[lock] - lock_time_us(removed, lock) +
                                    lock_time_us(added, lock));
  }
  return longest;
}

void ChunkLoads::add(ChunkIndex index, ItemIndex item)
{
  State& chunk = chunks_[index];
  chunk.load = load_with(index, item);
  chunk.items.push_back(item);
  for (const std::uint32_t companion : all_.items[item].companions) {
    ++chunk.companion_users[companion];
  }
  for (const std::uint32_t part : all_.items[item].shared_parts) {
    ++part_users_[part][index];
  }
  for (const auto& [lock, time_us] : all_.items[item].locks) {
    chunk.lock_us[lock] += time_us;
    chunk.longest_lock_us = std::max(chunk.longest_lock_us, chunk.lock_us[lock]);
  }
}

void ChunkLoads::remove(ChunkIndex index, ItemIndex item)
{
  State& chunk = chunks_[index];
  chunk.load = load_with(index, std::nullopt, item);
  chunk.items.erase(std::find(chunk.items.begin(), chunk.items.end(), item));
  for (const std::uint32_t companion : all_.items[item].companions) {
    --chunk.companion_users[companion];
  }
  for (const std::uint32_t part : all_.items[item].shared_parts) {
    --part_users_[part][index];
  }
  for (const auto& [lock, time_us] : all_.items[item].locks) {
    chunk.lock_us[lock] -= time_us;
  }
  if (!all_.items[item].locks.empty()) {
    chunk.longest_lock_us = *std::max_element(chunk.lock_us.begin(), chunk.lock_us.end());
  }
}

} // namespace winnow::split
