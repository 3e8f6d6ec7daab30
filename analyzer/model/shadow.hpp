// What a selection would have skipped of a run of everything, and what of that failed.
#pragma once

#include "analyzer/model/test_description.hpp"
#include "analyzer/model/verdict.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

/// A test that would have been skipped, and failed.
struct SkippedFailure {
  TestKey key;
  Verdict verdict = Verdict::failed;
  std::string reason;    ///< of the verdict, in words
  std::string passed_at; ///< the state it last passed at; "" if it is not known to have passed
};

struct ShadowReport {
  std::string base;     ///< what was compared with
  std::string fallback; ///< why nothing would have been skipped, in words; "" otherwise
  std::size_t tests = 0;
  std::vector<TestKey> skipped;       ///< would have been; in the order of the run
  std::size_t judged = 0;             ///< of those: passed or failed, not cut short or skipped
  std::int64_t duration_us = 0;       ///< of all tests, added up
  std::int64_t skipped_us = 0;        ///< of those that would have been skipped
  std::vector<SkippedFailure> misses; ///< possible ones: they passed at base, or since
  std::vector<SkippedFailure> others; ///< of which that is not known

  /// Possible misses among the judged; unset where nothing was judged.
  [[nodiscard]] std::optional<double> miss_rate() const
  {
    return judged == 0
               ? std::nullopt
               : std::optional(static_cast<double>(misses.size()) / static_cast<double>(judged));
  }
};

} // namespace winnow
