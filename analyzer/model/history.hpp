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
  std::int64_t duration_us = 0;        ///< typical (robust mean) wall time
  std::int64_t cpu_us = 0;             ///< typical cpu time
  std::uint64_t peak_memory_bytes = 0; ///< 95th percentile
  std::uint32_t attempts = 0;          ///< how many measurements stand behind these
  std::optional<Verdict> last;         ///< verdict of the newest attempt, passing or not
};

using History = std::map<TestKey, TestHistory>;

} // namespace winnow
