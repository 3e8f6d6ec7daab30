// Counts the skipped tests and sorts their failures.
#include "analyzer/select/shadow.hpp"

namespace winnow::select {
namespace {

void judge_skipped(ShadowReport& report, const ShadowedTest& test, const TestResult& result)
{
  report.skipped_us += result.duration_us;
  if (result.verdict == Verdict::passed) {
    ++report.judged;
  } else if (is_failure(result.verdict)) {
    ++report.judged;
    const bool miss = test.past == ShadowedTest::Past::passed_at_base;
    (miss ? report.misses : report.others)
        .push_back({test.key, result.verdict, result.reason, test.passed_at});
  }
}

} // namespace

void judge(ShadowReport& report, const std::vector<ShadowedTest>& tests,
           const std::map<std::uint32_t, TestResult>& results)
{
  report.tests = tests.size();
  for (std::uint32_t i = 0; i < tests.size(); ++i) {
    if (tests[i].would_be_skipped) {
      report.skipped.push_back(tests[i].key);
    }
    const auto result = results.find(i);
    if (result == results.end()) {
      continue;
    }
    report.duration_us += result->second.duration_us;
    if (tests[i].would_be_skipped) {
      judge_skipped(report, tests[i], result->second);
    }
  }
}

} // namespace winnow::select
