// Compares what a selection says with what a run of everything showed.
#pragma once

#include "analyzer/model/shadow.hpp"
#include "analyzer/model/test_result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace winnow::select {

/// One test of the run.
struct ShadowedTest {
  enum class Past { passed_at_base, passed_before, unknown };

  TestKey key;
  bool would_be_skipped = false;
  Past past = Past::unknown; ///< what is known of earlier runs: a pass at base, or since
  std::string passed_at;     ///< that pass, in words
};

/// Adds to `report`, in which base and fallback are set, what the last attempts of the tests ended
/// with. `results` are by the places of `tests`; what did not run has none.
void judge(ShadowReport& report, const std::vector<ShadowedTest>& tests,
           const std::map<std::uint32_t, TestResult>& results);

} // namespace winnow::select
