// What past runs measured per test.
#pragma once

#include "analyzer/model/test_description.hpp"
#include "analyzer/model/verdict.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace winnow {

/// A test's expectations, from its passing attempts in one project and configuration.
struct TestHistory {
  /// Typical (robust mean) wall time; where none has passed, that of the newest attempt that ran.
  std::int64_t duration_us = 0;
  std::int64_t cpu_us = 0;             ///< typical cpu time
  std::uint64_t peak_memory_bytes = 0; ///< 95th percentile
  std::uint32_t attempts = 0;          ///< how many measurements stand behind these
  std::optional<Verdict> last;         ///< verdict of the newest attempt, passing or not
};

/// What a test's duration says.
enum class DurationKind {
  unknown,
  measured,   ///< of passes
  of_failure, ///< it has never passed: what it takes to fail
  at_least ///< it has never passed, and was cut short by its end: a pass takes that long or longer
};

constexpr DurationKind kind_of_duration(const TestHistory& known)
{
  if (known.attempts > 0) {
    return DurationKind::measured;
  }
  if (known.duration_us <= 0) {
    return DurationKind::unknown;
  }
  return known.last == Verdict::failed ? DurationKind::of_failure : DurationKind::at_least;
}

using History = std::map<TestKey, TestHistory>;

} // namespace winnow
