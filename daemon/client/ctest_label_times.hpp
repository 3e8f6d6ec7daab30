// How long the tests of each label took, as ctest sums it up.
#pragma once

#include "analyzer/model/test_description.hpp"
#include "analyzer/model/test_result.hpp"
#include "daemon/client/ctest_selection.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>

namespace winnow::client {

struct CTestLabelTime {
  double seconds = 0;      ///< of its tests, each times its processors
  std::uint32_t tests = 0; ///< that have ended
};

/// Labels that tests have told in their outputs, by index in the selection.
using ToldLabels = std::map<std::uint32_t, std::set<std::string>>;

/// By label, those of tests that did not start, too. Results carry the index in the selection.
std::map<std::string, CTestLabelTime> ctest_label_times(std::span<const TestDescription> tests,
                                                        const CTestSelection& selection,
                                                        std::span<const TestResult> results,
                                                        const ToldLabels& told);

} // namespace winnow::client
