// Greedy placement, then exchanges.
#include "analyzer/split/balance.hpp"

#include "analyzer/split/shared_parts.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace winnow::split {
namespace {

/// What is striven for, beside the least time of the fullest chunk.
struct Aim {
  /// Up to this time a chunk is not full: what it builds anyway decides what comes into it. 0 where
  /// only times count.
  std::int64_t room_us = 0;
  std::uint32_t max_tests = 0;
};

std::vector<ItemIndex> heaviest_first(const Items& items)
{
  std::vector<std::int64_t> weight;
  for (const Item& item : items.items) {
    weight.push_back(item.weight_us() +
                     (items.build_time == BuildTime::counted ? item.own_build_us : 0));
  }
  std::vector<ItemIndex> order(items.items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](ItemIndex left, ItemIndex right) { return weight[left] > weight[right]; });
  return order;
}

void place(const Items& items, ChunkLoads& loads, ItemIndex item, const Aim& aim)
{
  const Item& placed = items.items[item];
  const bool is_plain = placed.is_plain();
  std::optional<ChunkIndex> best;
  std::array<std::int64_t, 5> best_cost{};
  const bool is_quick = is_plain && items.build_time == BuildTime::left_out;
  const auto is_worse = [&](std::int64_t time_us) {
    return time_us > aim.room_us && best && (best_cost[0] == 0 || time_us > best_cost[3]);
  };
  for (ChunkIndex chunk = 0; chunk < loads.size(); ++chunk) {
    if (is_quick && is_worse(loads.time_with_plain(chunk, placed))) {
      continue; // so it is with most of many chunks
    }
    const Load load =
        is_plain ? loads.load_with_plain(chunk, placed) : loads.load_with(chunk, item);
    if (load.tests > aim.max_tests && !loads.items(chunk).empty()) {
      continue;
    }
    const bool is_full = load.time_us > aim.room_us;
    const Load& before = loads.load(chunk);
    // Setups and cleanups that come along cost time for certain, what is built perhaps none.
    const std::array<std::int64_t, 5> cost{
        is_full ? 1 : 0, is_full ? 0 : load.work_us - before.work_us,
        is_full ? 0 : load.build_us - before.build_us, load.time_us, load.work_us};
    if (!best || cost < best_cost) {
      best = chunk;
      best_cost = cost;
    }
  }
  loads.add(best ? *best : loads.open_chunk(), item);
}

/// Moves `given` from the fullest chunk to another, and `taken` back.
struct Exchange {
  ItemIndex given = 0;
  std::optional<ItemIndex> taken;
  ChunkIndex to = 0;
  std::int64_t time_us = 0;  ///< of the fuller of both afterwards
  std::int64_t built_us = 0; ///< what both build more
};

class Improvement {
 public:
  Improvement(const Items& items, ChunkLoads& loads, Aim aim)
      : items_(items), loads_(loads), aim_(aim)
  {}

  /// One exchange that makes the fullest chunk less full; false if none is found, or needed.
  bool step()
  {
    std::vector<ChunkIndex> order(loads_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](ChunkIndex left, ChunkIndex right) {
      return loads_.load(left).time_us < loads_.load(right).time_us;
    });
    const ChunkIndex fullest = order.back();
    if (loads_.load(fullest).time_us <= aim_.room_us) {
      return false;
    }
    const std::size_t partners = std::min<std::size_t>(order.size() - 1, most_partners);
    std::optional<Exchange> best;
    for (std::size_t next = 0; next < partners; ++next) {
      const auto exchange = best_exchange(fullest, order[next]);
      if (exchange && (!best || rank(*exchange) < rank(*best))) {
        best = exchange;
      }
      if (best && (aim_.room_us == 0 || (best->time_us <= aim_.room_us && best->built_us <= 0))) {
        break; // with the least full chunk there is the most to gain
      }
    }
    if (best) {
      apply(*best, fullest);
    }
    return best.has_value();
  }

 private:
  static constexpr std::size_t most_partners = 4;

  using Rank = std::array<std::int64_t, 3>;

  /// Of two exchanges that leave room enough, the one that has less built is better.
  [[nodiscard]] Rank rank(const Exchange& exchange) const
  {
    if (aim_.room_us == 0) {
      return {exchange.time_us, 0, 0};
    }
    return {std::max(exchange.time_us, aim_.room_us), exchange.built_us, exchange.time_us};
  }

  std::optional<Exchange> best_exchange(ChunkIndex from, ChunkIndex to) const
  {
    std::vector<ItemIndex> by_work = loads_.items(to);
    std::sort(by_work.begin(), by_work.end(), [&](ItemIndex left, ItemIndex right) {
      return std::pair(work(left), left) < std::pair(work(right), right);
    });
    const Load& ours = loads_.load(from);
    const Load& theirs = loads_.load(to);
    const std::int64_t half = (ours.time_us - theirs.time_us) / 2;
    std::optional<Exchange> best;
    const auto consider = [&](ItemIndex given, std::optional<ItemIndex> taken) {
      const Load left = loads_.load_with(from, taken, given);
      const Load right = loads_.load_with(to, given, taken);
      const Exchange exchange{given, taken, to, std::max(left.time_us, right.time_us),
                              left.build_us + right.build_us - ours.build_us - theirs.build_us};
      if (exchange.time_us < ours.time_us && left.tests <= aim_.max_tests &&
          right.tests <= aim_.max_tests && (!best || rank(exchange) < rank(*best))) {
        best = exchange;
      }
    };
    for (const ItemIndex given : loads_.items(from)) {
      if (loads_.items(from).size() > 1) {
        consider(given, std::nullopt);
      }
      // The partner that evens both chunks out weighs less by half their difference.
      const auto near = std::lower_bound(
          by_work.begin(), by_work.end(), work(given) - half,
          [&](ItemIndex item, std::int64_t wanted) { return work(item) < wanted; });
      if (near != by_work.end()) {
        consider(given, *near);
      }
      if (near != by_work.begin()) {
        consider(given, *(near - 1));
      }
    }
    return best;
  }

  void apply(const Exchange& exchange, ChunkIndex from)
  {
    loads_.remove(from, exchange.given);
    loads_.add(exchange.to, exchange.given);
    if (exchange.taken) {
      loads_.remove(exchange.to, *exchange.taken);
      loads_.add(from, *exchange.taken);
    }
  }

  [[nodiscard]] std::int64_t work(ItemIndex item) const
  {
    const Item& of = items_.items[item];
    return of.work_us + (items_.build_time == BuildTime::counted ? of.own_build_us : 0);
  }

  const Items& items_;
  ChunkLoads& loads_;
  Aim aim_;
};

struct Placed {
  std::vector<std::vector<ItemIndex>> chunks;
  std::int64_t time_us = 0; ///< of the fullest
};

Placed placed(const Items& items, const std::vector<ItemIndex>& order, std::uint32_t chunks,
              const Aim& aim)
{
  ChunkLoads loads(items, chunks);
  for (const ItemIndex item : order) {
    place(items, loads, item, aim);
  }
  Improvement improvement(items, loads, aim);
  std::uint32_t steps_left = 4 * loads.size();
  while (steps_left > 0 && improvement.step()) {
    --steps_left;
  }
  Placed result;
  for (ChunkIndex chunk = 0; chunk < loads.size(); ++chunk) {
    result.chunks.push_back(loads.items(chunk));
    result.time_us = std::max(result.time_us, loads.load(chunk).time_us);
  }
  return result;
}

/// What the fullest chunk takes at least, as far as sums tell.
std::int64_t least_time_us(const Items& items, std::uint32_t chunks)
{
  std::int64_t sum_us =
      std::accumulate(items.companion_work_us.begin(), items.companion_work_us.end(), 0L);
  std::int64_t heaviest_us = 0;
  const bool counted = items.build_time == BuildTime::counted;
  for (const Item& item : items.items) {
    const std::int64_t weight_us = item.work_us + (counted ? item.own_build_us : 0);
    sum_us += weight_us;
    heaviest_us = std::max(heaviest_us, std::max(weight_us, item.weight_us()));
  }
  if (counted) {
    sum_us += std::accumulate(items.shared_build_us.begin(), items.shared_build_us.end(), 0L);
  }
  return std::max(sum_us / chunks, heaviest_us);
}

} // namespace

std::vector<std::vector<ItemIndex>> balance(const Items& items, std::uint32_t chunks,
                                            std::uint32_t max_tests, Sharing sharing)
{
  const Aim only_times{0, max_tests};
  if (items.shared_build_us.empty() || sharing == Sharing::left_out) {
    return placed(items, heaviest_first(items), chunks, only_times).chunks;
  }
  // A few thousandths more than the least leave a choice among chunks.
  const std::int64_t least_us = least_time_us(items, chunks);
  const std::int64_t room_us = least_us + least_us / 250;
  const auto shared_within = [&](std::int64_t time_us) {
    return placed(items, by_shared_parts(items), chunks, {time_us, max_tests});
  };
  Placed shared = shared_within(room_us);
  if (shared.time_us <= room_us + least_us / 250) {
    return std::move(shared.chunks);
  }
  Placed apart = placed(items, heaviest_first(items), chunks, only_times);
  if (apart.time_us > room_us) {
    shared = shared_within(apart.time_us);
  }
  return std::move(apart.time_us + apart.time_us / 125 < shared.time_us ? apart.chunks
                                                                        : shared.chunks);
}

} // namespace winnow::split
