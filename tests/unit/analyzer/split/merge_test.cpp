// Results of chunks: which cover a plan, and what is wrong with others.
#include "analyzer/split/merge.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::split;

namespace {

/// Two chunks; the second one discovers what `cases` turns out to have.
Plan two_chunks()
{
  Plan plan;
  plan.commit = "abc";
  plan.chunks = {{0, {{"d", "a"}, {"d", "b"}}, {}, 2, {}},
                 {1, {{"d", "c"}, {"d", "cases_NOT_BUILT"}}, {"cases"}, 1, {"cases"}}};
  return plan;
}

KeptAttempt attempt(std::uint32_t chunk, const std::string& name, Verdict verdict = Verdict::passed)
{
  KeptAttempt kept;
  kept.result.key = {"d", name};
  kept.result.chunk = chunk;
  kept.result.verdict = verdict;
  return kept;
}

ResultsFile file_of(std::uint32_t chunk, std::vector<KeptAttempt> attempts,
                    std::vector<DiscoveredTest> discovered = {}, std::int64_t started_us = 1)
{
  ResultsFile file;
  file.path = "results-" + std::to_string(chunk);
  file.results.run.run_id = "run-" + std::to_string(started_us);
  file.results.run.started_us = started_us;
  file.results.planned = PlannedRun{"id", "abc", {chunk}, std::move(discovered)};
  file.results.attempts = std::move(attempts);
  file.content = file.results.run.run_id + file.path;
  return file;
}

ResultsFile first_chunk()
{
  return file_of(0, {attempt(0, "a"), attempt(0, "b")});
}

std::vector<std::string> gaps_of(const std::vector<ResultsFile>& files)
{
  std::vector<std::string> names;
  const Merge merged = merge(two_chunks(), "id", files, Rerun::refused).value();
  for (const std::uint32_t chunk : merged.gaps.chunks) {
    names.push_back(std::to_string(chunk));
  }
  for (const MissingTest& test : merged.gaps.tests) {
    names.push_back(std::to_string(test.chunk) + " " + test.key.name);
  }
  return names;
}

std::string error_of(const std::vector<ResultsFile>& files)
{
  const Result<Merge> merged = merge(two_chunks(), "id", files, Rerun::refused);
  BOOST_REQUIRE(!merged);
  BOOST_TEST((merged.error().kind == ErrorKind::data));
  return merged.error().message;
}

using Names = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(merged_results)

BOOST_AUTO_TEST_CASE(what_a_target_turned_out_to_have_stands_for_its_placeholder)
{
  const std::vector<ResultsFile> files{
      first_chunk(),
      file_of(1, {attempt(1, "c"), attempt(1, "cases.x")}, {{{"d", "cases.x"}, "cases"}})};
  BOOST_TEST(gaps_of(files) == Names{}, boost::test_tools::per_element());
  const Merge merged = merge(two_chunks(), "id", files, Rerun::refused).value();
  BOOST_TEST(merged.results.chunks.size() == 2U);
  BOOST_TEST(merged.results.chunks[1].tests == 2U);
  BOOST_TEST(merged.results.attempts.size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_new_test_of_a_target_that_the_chunk_does_not_discover_is_refused)
{
  for (const std::vector<DiscoveredTest>& discovered :
       {std::vector<DiscoveredTest>{}, std::vector<DiscoveredTest>{{{"d", "new"}, "other"}}}) {
    const std::string message =
        error_of({file_of(1, {attempt(1, "c"), attempt(1, "new")}, discovered)});
    BOOST_TEST(message ==
               "results-1 has a result of the test d/new in chunk 1, where the plan does "
               "not have it");
  }
  // Not in the first chunk either, which discovers nothing.
  error_of({file_of(0, {attempt(0, "new")}, {{{"d", "new"}, "cases"}})});
}

BOOST_AUTO_TEST_CASE(every_test_without_a_verdict_is_a_gap)
{
  BOOST_TEST(gaps_of({}) == (Names{"0", "1"}), boost::test_tools::per_element());
  BOOST_TEST(gaps_of({file_of(0, {attempt(0, "a"), attempt(0, "b", Verdict::cancelled)}),
                      file_of(1, {}, {{{"d", "cases.x"}, "cases"}})}) ==
                 (Names{"0 b", "1 c", "1 cases.x"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_skipped_and_a_disabled_test_have_a_verdict)
{
  BOOST_TEST(gaps_of({file_of(0, {attempt(0, "a", Verdict::skipped),
                                  attempt(0, "b", Verdict::disabled)})}) == Names{"1"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_a_chunk_run_again_the_newest_counts_when_asked)
{
  ResultsFile failed = file_of(0, {attempt(0, "a", Verdict::failed), attempt(0, "b")}, {}, 5);
  ResultsFile again = file_of(0, {attempt(0, "a"), attempt(0, "b")}, {}, 9);
  const std::vector<ResultsFile> files{again, failed};
  BOOST_TEST(error_of(files).find("--newest") != std::string::npos);
  const Merge merged = merge(two_chunks(), "id", files, Rerun::newest_counts).value();
  BOOST_TEST(merged.results.chunks[0].failed == 0U);
  BOOST_TEST(merged.results.chunks[0].run_id == "run-9");
}

BOOST_AUTO_TEST_CASE(an_attempt_that_another_one_replaced_decides_nothing)
{
  KeptAttempt before = attempt(0, "a", Verdict::failed);
  before.result.again = true;
  const Merge merged =
      merge(two_chunks(), "id", std::vector{file_of(0, {before, attempt(0, "a"), attempt(0, "b")})},
            Rerun::refused)
          .value();
  BOOST_TEST(merged.results.chunks[0].tests == 2U);
  BOOST_TEST(merged.results.chunks[0].failed == 0U);
  BOOST_TEST(merged.results.attempts[0].result.index == merged.results.attempts[1].result.index);
}

BOOST_AUTO_TEST_CASE(a_chunk_takes_as_long_as_from_its_first_start_to_its_last_end)
{
  KeptAttempt early = attempt(0, "a");
  early.result.started_us = 1'000'000;
  early.result.duration_us = 500'000;
  KeptAttempt late = attempt(0, "b");
  late.result.started_us = 2'000'000;
  late.result.duration_us = 1'500'000;
  const Merge merged =
      merge(two_chunks(), "id", std::vector{file_of(0, {late, early})}, Rerun::refused).value();
  BOOST_TEST(merged.results.chunks[0].real_s() == 2.5);
}

BOOST_AUTO_TEST_SUITE_END()
