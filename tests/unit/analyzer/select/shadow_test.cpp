// Tests which failures of a run of everything count against a selection.
#include "analyzer/select/shadow.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::select;

namespace {

using Past = ShadowedTest::Past;

struct Run {
  std::vector<ShadowedTest> tests;
  std::map<std::uint32_t, TestResult> results;

  void add(const std::string& name, bool skipped, Past past, Verdict verdict)
  {
    TestResult result;
    result.verdict = verdict;
    result.duration_us = 10;
    results.emplace(static_cast<std::uint32_t>(tests.size()), result);
    tests.push_back({{"", name}, skipped, past, past == Past::unknown ? "" : "c1"});
  }

  [[nodiscard]] ShadowReport report() const
  {
    ShadowReport report;
    judge(report, tests, results);
    return report;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(shadow_runs, Run)

BOOST_AUTO_TEST_CASE(a_skipped_test_that_passed_at_base_and_fails_is_a_possible_miss)
{
  add("selected", false, Past::passed_at_base, Verdict::failed);
  add("good", true, Past::passed_at_base, Verdict::passed);
  add("miss", true, Past::passed_at_base, Verdict::crashed);
  const ShadowReport judged = report();
  BOOST_REQUIRE(judged.misses.size() == 1U);
  BOOST_TEST(judged.misses[0].key.name == "miss");
  BOOST_TEST(judged.misses[0].passed_at == "c1");
  BOOST_TEST(judged.others.empty());
  BOOST_TEST(judged.tests == 3U);
  BOOST_TEST(judged.skipped.size() == 2U);
  BOOST_TEST(judged.duration_us == 30);
  BOOST_TEST(judged.skipped_us == 20);
  BOOST_TEST(judged.miss_rate().value() == 0.5);
}

BOOST_AUTO_TEST_CASE(what_is_not_known_to_have_passed_at_base_is_no_miss)
{
  add("new", true, Past::unknown, Verdict::failed);
  add("older", true, Past::passed_before, Verdict::timed_out);
  const ShadowReport judged = report();
  BOOST_TEST(judged.misses.empty());
  BOOST_TEST(judged.others.size() == 2U);
  BOOST_TEST(judged.miss_rate().value() == 0);
}

BOOST_AUTO_TEST_CASE(what_was_cut_short_judges_nothing)
{
  add("cut", true, Past::passed_at_base, Verdict::cancelled);
  add("gone", true, Past::passed_at_base, Verdict::passed);
  results.erase(1);
  const ShadowReport judged = report();
  BOOST_TEST(judged.skipped.size() == 2U);
  BOOST_TEST(judged.judged == 0U);
  BOOST_TEST(!judged.miss_rate().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
