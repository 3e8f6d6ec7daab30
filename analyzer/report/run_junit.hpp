// Results as JUnit XML, as CI systems read it.
#pragma once

#include "analyzer/model/test_result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow::report {

/// Whose form a document has. In all of them a case has its output in <system-out>.
enum class JunitDialect {
  /// <testsuites>; <failure>, <error> for what could not run, <skipped> for skipped and disabled
  /// tests; the directory as class name; seconds with milliseconds.
  winnow,
  /// ctest's <testsuite>, class names and status attributes; but <error> for what could not run,
  /// which ctest calls skipped, so that a reader takes a broken run for a good one.
  ctest,
  strict_ctest ///< as ctest 3.25 writes it
};

struct JunitCase {
  TestResult result;
  std::string output; ///< any bytes: made legal XML here
  /// Unset: the result's reason, or else its verdict.
  std::optional<std::string> message = {};
};

struct JunitSuite {
  std::string name;
  std::int64_t started_us = 0;
  std::int64_t duration_us = 0; ///< of the run; Winnow's own form has the sum of its cases instead
  std::string hostname;         ///< in ctest's forms only
};

/// One <testsuite>; in Winnow's form one for each chunk ("<suite> chunk 1") where the cases are of
/// several or not of the first: a test can be in more than one. A run of ctest has no chunks.
std::string run_to_junit(const JunitSuite& suite, const std::vector<JunitCase>& cases,
                         JunitDialect dialect = JunitDialect::winnow);

} // namespace winnow::report
