// A sum for each label.
#include "daemon/client/ctest_label_times.hpp"

#include <algorithm>
#include <utility>

namespace winnow::client {

CTestLabelTimes ctest_label_times(std::span<const TestDescription> tests,
                                  const CTestSelection& selection,
                                  std::span<const TestResult> results, const ToldLabels& told)
{
  CTestLabelTimes times;
  for (const auto* part : {&selection.tests, &selection.done}) {
    for (const NumberedTest& selected : *part) {
      for (const std::string& label : tests[selected.test].properties->labels) {
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

std::vector<CTestTimeSummary> ctest_time_summaries(const CTestLabelTimes& times,
                                                   std::span<const std::string> subprojects,
                                                   const CTestOptions& options)
{
  CTestTimeSummary of_subprojects{"Subproject Time Summary:", {}};
  CTestTimeSummary of_labels{"Label Time Summary:", {}};
  for (const auto& entry : times) {
    const bool is_subproject = std::ranges::find(subprojects, entry.first) != subprojects.end();
    (is_subproject ? of_subprojects : of_labels).times.insert(entry);
  }
  std::vector<CTestTimeSummary> summaries;
  if (options.subproject_summary && !of_subprojects.times.empty()) {
    summaries.push_back(std::move(of_subprojects));
  }
  if (options.label_summary && !of_labels.times.empty()) {
    summaries.push_back(std::move(of_labels));
  }
  return summaries;
}

} // namespace winnow::client
