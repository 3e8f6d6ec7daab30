// Results as JUnit XML, as CI systems read it.
#pragma once

#include "analyzer/model/test_result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace winnow::report {

struct JunitCase {
  TestResult result;
  std::string output; ///< any bytes: made legal XML here
};

/// One <testsuite>, or one for each chunk ("<suite> chunk 1") where the cases are of several or not
/// of the first: a test can be in more than one. Failures are <failure>, tests that could not run
/// <error>, skipped and disabled ones <skipped>; seconds have milliseconds.
std::string run_to_junit(const std::string& suite, std::int64_t started_us,
                         const std::vector<JunitCase>& cases);

} // namespace winnow::report
