// How long the tests of each label took, as ctest sums it up.
#pragma once

#include "analyzer/model/test_description.hpp"
#include "analyzer/model/test_result.hpp"
#include "daemon/client/ctest_options.hpp"
#include "daemon/client/ctest_selection.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::client {

struct CTestLabelTime {
  double seconds = 0;      ///< of its tests, each times its processors
  std::uint32_t tests = 0; ///< that have ended
};

/// Labels that tests have told in their outputs, by index in the selection.
using ToldLabels = std::map<std::uint32_t, std::set<std::string>>;

using CTestLabelTimes = std::map<std::string, CTestLabelTime>;

/// By label, those of tests that did not start, too. Results carry the index in the selection.
CTestLabelTimes ctest_label_times(std::span<const TestDescription> tests,
                                  const CTestSelection& selection,
                                  std::span<const TestResult> results, const ToldLabels& told);

/// A list of times, with what stands above it.
struct CTestTimeSummary {
  std::string_view title;
  CTestLabelTimes times;
};

/// The lists that there are and that the options leave in: labels of subprojects are in one of
/// their own.
std::vector<CTestTimeSummary> ctest_time_summaries(const CTestLabelTimes& times,
                                                   std::span<const std::string> subprojects,
                                                   const CTestOptions& options);

} // namespace winnow::client
