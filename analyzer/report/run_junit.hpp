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

/// One <testsuite>: failures as <failure>, tests that could not run as <error>, skipped and
/// disabled ones as <skipped>; seconds with milliseconds.
std::string run_to_junit(const std::string& suite, std::int64_t started_us,
                         const std::vector<JunitCase>& cases);

} // namespace winnow::report
