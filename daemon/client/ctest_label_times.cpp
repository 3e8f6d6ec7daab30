// A sum for each label.
#include "daemon/client/ctest_label_times.hpp"

namespace winnow::client {

std::map<std::string, CTestLabelTime> ctest_label_times(std::span<const TestDescription> tests,
                                                        const CTestSelection& selection,
                                                        std::span<const TestResult> results,
                                                        const ToldLabels& told)
{
  std::map<std::string, CTestLabelTime> times;
  for (const auto* part : {&selection.tests, &selection.done}) {
    for (const NumberedTest& selected : *part) {
      for (const std::string& label : tests[selected.test].properties.labels) {
        times[label];
      }
    }
  }
  for (const TestResult& result : results) {
    const TestProperties& properties = tests[selection.tests[result.index].test].properties;
    std::set<std::string> labels(properties.labels.begin(), properties.labels.end());
    if (const auto more = told.find(result.index); more != told.end()) {
      labels.insert(more->second.begin(), more->second.end());
    }
    for (const std::string& label : labels) {
      CTestLabelTime& time = times[label];
      time.seconds += static_cast<double>(result.duration_us) / 1e6 * properties.processors;
      ++time.tests;
    }
  }
  return times;
}

} // namespace winnow::client
