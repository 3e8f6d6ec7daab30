// Puts items into chunks so that the fullest is as little full as can be had quickly.
#pragma once

#include "analyzer/split/chunk_loads.hpp"

#include <cstdint>
#include <vector>

namespace winnow::split {

/// Whether items that share parts of the build go together, as far as times allow.
enum class Sharing { left_out, sought };

/// The items of each chunk; chunks can be empty. An item that alone exceeds `max_tests` gets a
/// chunk for itself; where `chunks` do not suffice for the others, more are opened. Longest
/// processing time first (Graham, "Bounds on multiprocessing timing anomalies", 1969), then moves
/// and exchanges between the fullest chunk and others as long as they help. Where sharing is
/// sought, items come in the order of what they share, each to the chunk that has the least more
/// to build among those with room; that counts if the fullest takes hardly longer for it.
std::vector<std::vector<ItemIndex>> balance(const Items& items, std::uint32_t chunks,
                                            std::uint32_t max_tests, Sharing sharing);

} // namespace winnow::split
