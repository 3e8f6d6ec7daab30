// Which tests failed and passed without a reason in the sources.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

/// A run is a flaky one of a test that failed in it and also passed: in the same run, or in another
/// at the same state of the sources and in the same build tree.
struct FlakyTest {
  TestKey key;
  std::uint32_t flaky_runs = 0;
  std::uint32_t runs = 0;   ///< in which it was executed
  std::int64_t last_us = 0; ///< when its last failure in a flaky run began
  std::string last_run;
  std::string reason; ///< of that failure

  [[nodiscard]] double rate() const
  {
    return runs == 0 ? 0 : static_cast<double>(flaky_runs) / runs;
  }
};

struct Flakiness {
  std::uint32_t runs = 0;       ///< that were looked at: the newest of the project, as far as kept
  std::vector<FlakyTest> tests; ///< the highest rate first
};

} // namespace winnow
