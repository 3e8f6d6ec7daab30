// Durations as people type them: 90s, 10m, 1.5h.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>

namespace winnow::client {

/// In seconds. A user error for anything but a positive number and one of the units ms, s, m and h.
Result<double> seconds_of(const std::string& text);

} // namespace winnow::client
