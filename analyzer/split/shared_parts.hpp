// Which parts of the build several items have in common.
#pragma once

#include "analyzer/split/build_needs.hpp"
#include "analyzer/split/chunk_loads.hpp"

#include <cstdint>
#include <vector>

namespace winnow::split {

/// The parts that each item needs, ascending, parallel to Items::items.
using PartsOfItems = std::vector<std::vector<std::uint32_t>>;

/// Fills the build times of `items` in, where `part_us` is what each part takes. Parts that the
/// same items need become one, and what all of them need is left out: every chunk builds that.
void add_build(Items& items, const PartsOfItems& parts, const std::vector<std::int64_t>& part_us);

/// Items that share most of their build beside each other, the groups with the most work first, and
/// in each the heaviest items.
std::vector<ItemIndex> by_shared_parts(const Items& items);

} // namespace winnow::split
