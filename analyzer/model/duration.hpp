// Durations as people type them: 90s, 10m, 1.5h, 250ms.
#pragma once

#include <optional>
#include <string_view>

namespace winnow {

/// In seconds; nothing for anything but a positive number and one of the units ms, s, m and h.
std::optional<double> seconds_in(std::string_view text);

} // namespace winnow
