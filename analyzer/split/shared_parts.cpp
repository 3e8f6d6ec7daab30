// Parts are told apart by who needs them.
#include "analyzer/split/shared_parts.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace winnow::split {
namespace {

std::vector<std::vector<ItemIndex>> users_of(const PartsOfItems& parts, std::size_t part_count)
{
  std::vector<std::vector<ItemIndex>> users(part_count);
  for (ItemIndex item = 0; item < parts.size(); ++item) {
    for (const std::uint32_t part : parts[item]) {
      users[part].push_back(item);
    }
  }
  return users;
}

} // namespace

void add_build(Items& items, const PartsOfItems& parts, const std::vector<std::int64_t>& part_us)
{
  std::map<std::vector<ItemIndex>, std::int64_t> times_us;
  std::vector<std::vector<ItemIndex>> users = users_of(parts, part_us.size());
  for (std::size_t part = 0; part < users.size(); ++part) {
    if (users[part].size() == 1) {
      items.items[users[part].front()].own_build_us += part_us[part];
    } else if (users[part].size() > 1 && users[part].size() < items.items.size()) {
      times_us[std::move(users[part])] += part_us[part];
    }
  }
  for (const auto& [of, time_us] : times_us) {
    const auto shared = static_cast<std::uint32_t>(items.shared_build_us.size());
    items.shared_build_us.push_back(time_us);
    for (const ItemIndex item : of) {
      items.items[item].shared_parts.push_back(shared);
    }
  }
}

std::vector<ItemIndex> by_shared_parts(const Items& items)
{
  std::vector<std::int64_t> work_of_users_us(items.shared_build_us.size(), 0);
  for (const Item& item : items.items) {
    for (const std::uint32_t part : item.shared_parts) {
      work_of_users_us[part] += item.work_us;
    }
  }
  // The dearest part decides beside whom an item stands, then the next.
  std::vector<std::vector<std::uint32_t>> dearest_first;
  for (const Item& item : items.items) {
    std::vector<std::uint32_t>& parts = dearest_first.emplace_back(item.shared_parts);
    std::ranges::sort(parts, [&](std::uint32_t left, std::uint32_t right) {
      return std::tuple(-items.shared_build_us[left], left) <
             std::tuple(-items.shared_build_us[right], right);
    });
  }
  const auto precedes = [&](std::uint32_t left, std::uint32_t right) {
    return std::tuple(-work_of_users_us[left], left) < std::tuple(-work_of_users_us[right], right);
  };
  std::vector<ItemIndex> order(items.items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, [&](ItemIndex left, ItemIndex right) {
    const auto& ours = dearest_first[left];
    const auto& theirs = dearest_first[right];
    const auto [our, their] = std::ranges::mismatch(ours, theirs);
    if (our != ours.end() && their != theirs.end()) {
      return precedes(*our, *their);
    }
    if (our != ours.end() || their != theirs.end()) {
      return our != ours.end(); // what shares nothing more fills the gaps
    }
    return items.items[left].weight_us() > items.items[right].weight_us();
  });
  return order;
}

} // namespace winnow::split
