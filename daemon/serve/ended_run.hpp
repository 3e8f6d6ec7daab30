// What the daemon remembers of an ended run that the store does not know.
#pragma once

#include "analyzer/model/run_event.hpp"

#include <cstdint>
#include <vector>

namespace winnow::serve {

/// A bit for each test, where the run itself has its request and all its results.
struct EndedRun {
  RunSummary summary; ///< with its chunks
  std::uint32_t slots = 1;
  std::vector<bool> started; ///< per test: it had a process
  RunFinished end;
};

} // namespace winnow::serve
