// What was measured when a test was executed once.
#pragma once

#include "analyzer/model/shared.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/model/verdict.hpp"
#include "analyzer/model/waiting.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

/// One attempt at one test. Times are wall times in microseconds since the Unix epoch.
struct TestResult {
  TestKey key;
  std::uint32_t index = 0;   ///< of the test in its run, as in the run's request
  std::uint32_t chunk = 0;   ///< of the plan, 0 without one
  std::uint32_t attempt = 1; ///< counts from 1
  bool again = false;        ///< another attempt takes its place
  bool flaky = false;        ///< passed, after an attempt in the same run that failed
  /// Memory was short: this attempt (then it is cancelled), or one before it, was ended for that.
  bool environment = false;
  WaitCause waited_for = WaitCause::nothing; ///< the longest
  Verdict verdict = Verdict::not_run;
  std::string
      reason; ///< why, in words: "exit code 3", "segmentation fault", "required file x is missing"
  int exit_code = 0; ///< meaningful when the process exited by itself
  int signal = 0;    ///< that ended it, 0 if none
  std::int64_t started_us = 0;
  std::int64_t duration_us = 0;
  std::int64_t waited_us = 0; ///< between being ready and being started
  /// Longest first, without what is below a hundredth of it all; also what it waited for before it
  /// was ready. Empty where `waited_for` and `waited_us` say everything.
  Shared<std::vector<WaitPart>> waits;
  std::int64_t cpu_us = 0; ///< user and system time of the process tree
  std::uint64_t peak_memory_bytes = 0;
  std::uint64_t output_bytes = 0;  ///< of all its output, before any cut
  std::vector<std::string> leaked; ///< command lines of processes that had to be ended
};

/// An attempt that says nothing of its test: memory was short.
inline bool is_environments(const TestResult& attempt)
{
  return attempt.environment && attempt.verdict == Verdict::cancelled;
}

} // namespace winnow
