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

} // namespace

ChunkLoads::ChunkLoads(const Items& items, std::uint32_t chunks) : all_(items)
{
  for (std::uint32_t chunk = 0; chunk < chunks; ++chunk) {
    open_chunk();
  }
}

ChunkIndex ChunkLoads::open_chunk()
{
  State& chunk = chunks_.emplace_back();
  chunk.companion_users.resize(all_.companion_work_us.size(), 0);
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
  load.time_us = std::max(load.work_us, longest_lock_with(chunk, more, less));
  return load;
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
  std::vector<std::int64_t> lock_us = chunk.lock_us;
  for (const auto& [lock, time_us] : removed->locks) {
    lock_us[lock] -= time_us;
  }
  if (added != nullptr) {
    for (const auto& [lock, time_us] : added->locks) {
      lock_us[lock] += time_us;
    }
  }
  return *std::max_element(lock_us.begin(), lock_us.end());
}

void ChunkLoads::add(ChunkIndex index, ItemIndex item)
{
  State& chunk = chunks_[index];
  chunk.load = load_with(index, item);
  chunk.items.push_back(item);
  for (const std::uint32_t companion : all_.items[item].companions) {
    ++chunk.companion_users[companion];
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
  for (const auto& [lock, time_us] : all_.items[item].locks) {
    chunk.lock_us[lock] -= time_us;
  }
  if (!all_.items[item].locks.empty()) {
    chunk.longest_lock_us = *std::max_element(chunk.lock_us.begin(), chunk.lock_us.end());
  }
}

} // namespace winnow::split
