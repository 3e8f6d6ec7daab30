// Finds the time at which enough units are given back.
#include "analyzer/schedule/pool_promises.hpp"

#include "analyzer/schedule/amount.hpp"

#include <algorithm>

namespace winnow::schedule {

void PoolPromises::add(TaskId task, std::uint32_t demand, std::vector<PoolHolding> holdings)
{
  const std::vector<PoolTable::Units>& wanted = pools_.units_of(demand);
  std::map<PoolId, std::int64_t> used;
  for (const PoolTable::Units& units : wanted) {
    used[units.pool] = pools_.used(units.pool);
  }
  const auto suffices = [&] {
    return std::ranges::all_of(wanted, [&](const PoolTable::Units& units) {
      const std::int64_t others = used[units.pool];
      return others == 0 || others + units.count <= pools_.capacity(units.pool);
    });
  };
  std::ranges::sort(holdings, {}, &PoolHolding::remaining_us);
  Promise promise{task, demand, 0, {}};
  for (std::size_t next = 0; next < holdings.size() && !suffices();) {
    promise.window_us = holdings[next].remaining_us;
    for (; next < holdings.size() && holdings[next].remaining_us == promise.window_us; ++next) {
      for (const PoolTable::Units& units : pools_.units_of(holdings[next].demand)) {
        if (const auto pool = used.find(units.pool); pool != used.end()) {
          pool->second -= units.count;
        }
      }
    }
  }
  for (const PoolTable::Units& units : wanted) {
    promise.spare[units.pool] = pools_.capacity(units.pool) - used[units.pool] - units.count;
  }
  promises_.push_back(std::move(promise));
}

void PoolPromises::extend(TaskId task, std::int64_t window_us)
{
  for (Promise& promise : promises_) {
    if (promise.task == task) {
      promise.window_us = std::max(promise.window_us, window_us);
    }
  }
}

void PoolPromises::admit(TaskId task, std::uint32_t demand, std::int64_t estimate_us)
{
  if (demand == 0 || promises_.empty()) {
    return;
  }
  std::erase_if(promises_, [&](const Promise& promise) { return promise.task == task; });
  for (Promise& promise : promises_) {
    for (const PoolTable::Units& units : pools_.units_of(demand)) {
      const auto spare = promise.spare.find(units.pool);
      if (spare != promise.spare.end() && estimate_us > promise.window_us) {
        spare->second -= units.count;
      }
    }
  }
}

bool PoolPromises::touch(std::uint32_t demand) const
{
  return task_before(demand).has_value();
}

std::optional<TaskId> PoolPromises::task_before(std::uint32_t demand) const
{
  const auto first = std::ranges::find_if(
      promises_, [&](const Promise& promise) { return pools_.compete(promise.demand, demand); });
  return first == promises_.end() ? std::nullopt : std::optional(first->task);
}

std::int64_t PoolPromises::window_us(std::uint32_t demand) const
{
  std::int64_t window = unlimited;
  for (const Promise& promise : promises_) {
    for (const PoolTable::Units& units : pools_.units_of(demand)) {
      const auto spare = promise.spare.find(units.pool);
      if (spare != promise.spare.end() && units.count > spare->second) {
        window = std::min(window, promise.window_us);
      }
    }
  }
  return window;
}

std::optional<TaskId> PoolPromises::task_of(std::uint32_t demand) const
{
  for (const Promise& promise : promises_) {
    if (promise.demand == demand) {
      return promise.task;
    }
  }
  return std::nullopt;
}

} // namespace winnow::schedule
