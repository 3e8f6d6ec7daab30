// What came of joining the history of another machine with what is known here.
#pragma once

#include "analyzer/model/measured_attempts.hpp"

#include <cstdint>

namespace winnow {

struct HistoryMerge {
  std::uint32_t tests = 0;     ///< of which something was new
  std::uint64_t attempts = 0;  ///< that were
  std::uint64_t of_future = 0; ///< left out: their times would make them the newest for ever
};

} // namespace winnow
