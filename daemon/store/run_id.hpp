// Names runs: short, unique, in the order of time.
#pragma once

#include <cstdint>
#include <string>

namespace winnow::store {

/// Ten characters of 0-9 and a-z without i, l, o, u: eight count milliseconds since 2024 (until
/// 2058), two are `random`'s lowest ten bits. Ids compare as their times do.
std::string run_id(std::int64_t now_us, std::uint32_t random);

} // namespace winnow::store
