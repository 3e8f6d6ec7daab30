// Greedy placement, then exchanges.
#include "analyzer/split/balance.hpp"

#include <algorithm>
#include <numeric>

namespace winnow::split {
namespace {

std::vector<ItemIndex> heaviest_first(const Items& items)
{
  std::vector<std::int64_t> weight;
  for (const Item& item : items.items) {
    weight.push_back(item.work_us);
    for (const auto& [lock, time_us] : item.locks) {
      weight.back() = std::max(weight.back(), time_us);
    }
  }
  std::vector<ItemIndex> order(items.items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](ItemIndex left, ItemIndex right) { return weight[left] > weight[right]; });
  return order;
}

void place(ChunkLoads& loads, ItemIndex item, std::uint32_t max_tests)
{
  std::optional<ChunkIndex> best;
  Load best_load;
  for (ChunkIndex chunk = 0; chunk < loads.size(); ++chunk) {
    const Load load = loads.load_with(chunk, item);
    if (load.tests > max_tests && !loads.items(chunk).empty()) {
      continue;
    }
    if (!best ||
        std::pair(load.time_us, load.work_us) < std::pair(best_load.time_us, best_load.work_us)) {
      best = chunk;
      best_load = load;
    }
  }
  loads.add(best ? *best : loads.open_chunk(), item);
}

/// Moves `given` from the fullest chunk to another, and `taken` back.
struct Exchange {
  ItemIndex given = 0;
  std::optional<ItemIndex> taken;
  std::int64_t time_us = 0; ///< of the fuller of both afterwards
};

class Improvement {
 public:
  Improvement(const Items& items, ChunkLoads& loads, std::uint32_t max_tests)
      : items_(items), loads_(loads), max_tests_(max_tests)
  {}

  /// One exchange that makes the fullest chunk less full; false if none is found.
  bool step()
  {
    std::vector<ChunkIndex> order(loads_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](ChunkIndex left, ChunkIndex right) {
      return loads_.load(left).time_us < loads_.load(right).time_us;
    });
    const ChunkIndex fullest = order.back();
    const std::size_t partners = std::min<std::size_t>(order.size() - 1, most_partners);
    for (std::size_t next = 0; next < partners; ++next) {
      if (const auto exchange = best_exchange(fullest, order[next])) {
        apply(*exchange, fullest, order[next]);
        return true;
      }
    }
    return false;
  }

 private:
  static constexpr std::size_t most_partners = 8;

  std::optional<Exchange> best_exchange(ChunkIndex from, ChunkIndex to) const
  {
    std::vector<ItemIndex> by_work = loads_.items(to);
    std::sort(by_work.begin(), by_work.end(), [&](ItemIndex left, ItemIndex right) {
      return std::pair(work(left), left) < std::pair(work(right), right);
    });
    const std::int64_t half = (loads_.load(from).time_us - loads_.load(to).time_us) / 2;
    Exchange best{0, std::nullopt, loads_.load(from).time_us};
    bool found = false;
    const auto consider = [&](ItemIndex given, std::optional<ItemIndex> taken) {
      const Load left = loads_.load_with(from, taken, given);
      const Load right = loads_.load_with(to, given, taken);
      const std::int64_t time_us = std::max(left.time_us, right.time_us);
      if (time_us < best.time_us && left.tests <= max_tests_ && right.tests <= max_tests_) {
        best = {given, taken, time_us};
        found = true;
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
    return found ? std::optional(best) : std::nullopt;
  }

  void apply(const Exchange& exchange, ChunkIndex from, ChunkIndex to)
  {
    loads_.remove(from, exchange.given);
    loads_.add(to, exchange.given);
    if (exchange.taken) {
      loads_.remove(to, *exchange.taken);
      loads_.add(from, *exchange.taken);
    }
  }

  [[nodiscard]] std::int64_t work(ItemIndex item) const { return items_.items[item].work_us; }

  const Items& items_;
  ChunkLoads& loads_;
  std::uint32_t max_tests_;
};

} // namespace

std::vector<std::vector<ItemIndex>> balance(const Items& items, std::uint32_t chunks,
                                            std::uint32_t max_tests)
{
  ChunkLoads loads(items, chunks);
  for (const ItemIndex item : heaviest_first(items)) {
    place(loads, item, max_tests);
  }
  Improvement improvement(items, loads, max_tests);
  std::uint32_t steps_left = 4 * loads.size();
  while (steps_left > 0 && improvement.step()) {
    --steps_left;
  }
  std::vector<std::vector<ItemIndex>> result;
  for (ChunkIndex chunk = 0; chunk < loads.size(); ++chunk) {
    result.push_back(loads.items(chunk));
  }
  return result;
}

} // namespace winnow::split
