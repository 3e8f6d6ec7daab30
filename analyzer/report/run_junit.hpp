// Results as JUnit XML, as CI systems read it.
#pragma once

#include "analyzer/model/test_result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
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
  /// Attempts before this one. In Winnow's own form each that failed is a <flakyFailure> of a test
  /// that passed in the end, else a <rerunFailure>, with its output, as Surefire has them. One that
  /// was ended for want of memory is a property "environment" of the case.
  std::vector<JunitCase> earlier = {};
  std::size_t output_number = 0; ///< for who keeps the output elsewhere
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

/// The same document in pieces of at most one case, for outputs that do not fit in memory together.
class JunitPieces {
 public:
  /// The output of a case or of an earlier attempt, instead of JunitCase::output; asked for once,
  /// when the piece with the case is made.
  using OutputOf = std::function<std::string(const JunitCase&)>;

  /// The cases must live as long as this.
  JunitPieces(const JunitSuite& suite, std::span<const JunitCase> cases, JunitDialect dialect,
              OutputOf output_of);

  /// "" after the last one.
  std::string next();

 private:
  struct Part {
    JunitSuite suite;
    std::vector<std::size_t> cases; ///< indices
  };

  std::span<const JunitCase> cases_;
  JunitDialect dialect_;
  OutputOf output_of_;
  std::vector<Part> parts_;
  std::size_t part_ = 0;  ///< the one to be written now
  std::size_t place_ = 0; ///< in its cases
  bool has_begun_ = false;
  bool has_ended_ = false;
};

} // namespace winnow::report
