// The file of `winnow ctest --output-junit`.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/report/run_junit.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_wording.hpp"
#include "daemon/client/dart_configuration.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace winnow::client {

/// Collects results in ctest's words, ordered by number. Of an output it keeps what ctest keeps, 1
/// KiB of a test that passed and 300 KiB of another, and, unless it is to agree strictly or a part
/// is named, as much of the end, where a failing test tells why. What has CTEST_FULL_OUTPUT in it
/// is kept whole.
class CTestJunit {
 public:
  CTestJunit(CTestAgreement agreement, OutputLimits limits) : agreement_(agreement), limits_(limits)
  {}

  /// Cancelled tests are left out. `refusal` is that of a test that was not run.
  void finished(std::uint32_t number, const TestDescription& test, const TestResult& result,
                std::string_view output, const CTestRefusal& refusal);
  /// An environment error: it cannot be written.
  Result<void> write(const std::string& path, const DartConfiguration& tree,
                     std::int64_t started_us, std::int64_t duration_us) const;

 private:
  [[nodiscard]] std::string shortened(std::string_view output, Verdict verdict) const;

  CTestAgreement agreement_;
  OutputLimits limits_;
  std::map<std::uint32_t, report::JunitCase> cases_; ///< by number
};

} // namespace winnow::client
