// Sums by label and by subproject; as ctest 3.25.1 has them.
#include "daemon/client/ctest_label_times.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::client;

namespace {

using Labels = std::vector<std::string>;

/// A test on one processor and one on two, which took half a second and a whole one.
struct TwoTests {
  TwoTests()
  {
    tests[0].properties.edit().labels = {"fast", "core", "core"};
    tests[1].properties.edit().labels = {"core", "a long name"};
    tests[1].properties.edit().processors = 2;
  }

  [[nodiscard]] CTestLabelTimes times(const ToldLabels& told = {}) const
  {
    return ctest_label_times(tests, selection, results, told);
  }

  /// Title and labels of each list.
  [[nodiscard]] std::vector<Labels> lists() const
  {
    std::vector<Labels> lists;
    for (const CTestTimeSummary& summary : ctest_time_summaries(times(), subprojects, options)) {
      Labels& list = lists.emplace_back(Labels{std::string(summary.title)});
      for (const auto& [label, time] : summary.times) {
        list.push_back(label);
      }
    }
    return lists;
  }

  std::vector<TestDescription> tests = std::vector<TestDescription>(2);
  CTestSelection selection{{{1, 0}, {2, 1}}, {0, 1}, {}, {}};
  std::vector<TestResult> results{{.index = 0, .duration_us = 500'000},
                                  {.index = 1, .duration_us = 1'000'000}};
  std::vector<std::string> subprojects;
  CTestOptions options;
};

const std::string by_label = "Label Time Summary:";
const std::string by_subproject = "Subproject Time Summary:";

} // namespace

BOOST_FIXTURE_TEST_SUITE(ctest_label_times_tests, TwoTests)

BOOST_AUTO_TEST_CASE(times_count_once_for_each_processor)
{
  CTestLabelTimes sums = times({{0, {"told"}}});
  BOOST_TEST(sums["core"].seconds == 2.5);
  BOOST_TEST(sums["core"].tests == 2);
  BOOST_TEST(sums["fast"].seconds == 0.5);
  BOOST_TEST(sums["told"].tests == 1);
}

BOOST_AUTO_TEST_CASE(labels_of_subprojects_have_a_list_of_their_own)
{
  BOOST_CHECK((lists() == std::vector<Labels>{{by_label, "a long name", "core", "fast"}}));
  subprojects = {"core", "unused", "a long name"};
  BOOST_CHECK(
      (lists() == std::vector<Labels>{{by_subproject, "a long name", "core"}, {by_label, "fast"}}));
  subprojects.emplace_back("fast");
  BOOST_CHECK((lists() == std::vector<Labels>{{by_subproject, "a long name", "core", "fast"}}));
}

BOOST_AUTO_TEST_CASE(a_list_left_out_leaves_the_other_as_it_is)
{
  subprojects = {"core"};
  options.subproject_summary = false;
  BOOST_CHECK((lists() == std::vector<Labels>{{by_label, "a long name", "fast"}}));
  options.subproject_summary = true;
  options.label_summary = false;
  BOOST_CHECK((lists() == std::vector<Labels>{{by_subproject, "core"}}));
}

BOOST_AUTO_TEST_SUITE_END()
