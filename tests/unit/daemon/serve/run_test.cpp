// Tests of the counts, states and events of a run.
#include "daemon/serve/run.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::serve;

namespace {

/// Two tests in chunk "a", one in chunk "b", and an empty chunk.
struct ChunkedRun {
  ChunkedRun()
  {
    RunRequest request;
    request.project = "project";
    request.chunk_names = {"a", "b", "empty"};
    for (const auto& [name, chunk] : {std::pair{"x", 0U}, {"y", 0U}, {"x", 1U}}) {
      RequestedTest& test = request.tests.emplace_back();
      test.description.key = {chunk == 0 ? "one" : "two", name};
      test.chunk = chunk;
    }
    run.emplace("id", std::move(request), 2, 1'000'000);
  }

  void finish(std::uint32_t test, Verdict verdict)
  {
    TestResult result;
    result.key = run->request().tests[test].description.key;
    result.index = test;
    result.chunk = run->request().tests[test].chunk;
    result.verdict = verdict;
    run->finished(result);
  }

  ChunkState chunk(std::size_t index) const { return run->summary().chunks.at(index).state; }

  std::optional<Run> run;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(a_run, ChunkedRun)

BOOST_AUTO_TEST_CASE(begins_with_what_it_has_to_do)
{
  const RunStarted start = events_of<RunStarted>(*run).at(0);
  BOOST_TEST(start.run_id == "id");
  BOOST_TEST(start.tests == 3U);
  BOOST_TEST(start.chunks == 3U);
  BOOST_TEST(start.slots == 2U);
  BOOST_TEST(run->summary().state == "running");
}

BOOST_AUTO_TEST_CASE(counts_what_finished_and_names_what_runs)
{
  run->started({0, 5});
  run->started({2, 6});
  finish(0, Verdict::failed);
  const RunSummary summary = run->summary();
  BOOST_TEST(summary.finished == 1U);
  BOOST_TEST(summary.failed == 1U);
  BOOST_TEST(summary.running == (Lines{"two/x"}), boost::test_tools::per_element());
  BOOST_CHECK(run->state_of(0) == TestState::finished);
  BOOST_CHECK(run->state_of(1) == TestState::waiting);
  BOOST_CHECK(run->state_of(2) == TestState::running);
}

BOOST_AUTO_TEST_CASE(has_a_state_for_each_chunk)
{
  BOOST_CHECK(chunk(0) == ChunkState::waiting);
  BOOST_CHECK(chunk(2) == ChunkState::passed); // nothing of it is left to do
  run->started({0, 5});
  BOOST_CHECK(chunk(0) == ChunkState::running);
  BOOST_CHECK(chunk(1) == ChunkState::waiting);
  finish(0, Verdict::passed);
  BOOST_CHECK(chunk(0) == ChunkState::running);
  finish(1, Verdict::skipped);
  finish(2, Verdict::crashed);
  BOOST_CHECK(chunk(0) == ChunkState::passed);
  BOOST_CHECK(chunk(1) == ChunkState::failed);
  BOOST_TEST(run->summary().chunks[0].name == "a");
  BOOST_TEST(run->summary().chunks[0].tests == 2U);
}

BOOST_AUTO_TEST_CASE(tells_of_a_chunk_when_its_last_test_has_finished)
{
  finish(0, Verdict::passed);
  BOOST_TEST(events_of<ChunkFinished>(*run).empty());
  finish(1, Verdict::cancelled);
  const std::vector<ChunkFinished> ends = events_of<ChunkFinished>(*run);
  BOOST_REQUIRE(ends.size() == 1U);
  BOOST_TEST(ends[0].chunk == 0U);
  BOOST_TEST(!ends[0].passed);
}

BOOST_AUTO_TEST_CASE(has_failed_chunks_where_results_are_missing_at_the_end)
{
  run->started({0, 5});
  run->end(3'000'000, {RunEnd::incomplete, 55, 7});
  BOOST_CHECK(chunk(0) == ChunkState::failed);
  BOOST_TEST(run->summary().running.empty());
  BOOST_TEST(run->summary().state == "incomplete");
  BOOST_TEST(run->ended());
  const RunFinished end = end_of(*run);
  BOOST_TEST(end.duration_us == 55);
  BOOST_TEST(end.lower_bound_us == 7);
}

BOOST_AUTO_TEST_CASE(finds_tests_by_name_and_by_directory)
{
  BOOST_TEST(run->tests_called("x").size() == 2U);
  const std::vector<TestInRun> found = run->tests_called("two/x");
  BOOST_REQUIRE(found.size() == 1U);
  BOOST_TEST(found[0].index == 2U);
  BOOST_TEST(run->tests_called("z").empty());
}

BOOST_AUTO_TEST_CASE(knows_where_outputs_lie_also_of_durable_results)
{
  BOOST_TEST(!run->kept_output_of(0));
  run->output_ends(0, {5, 7});
  finish(0, Verdict::passed);
  finish(1, Verdict::not_run);
  BOOST_REQUIRE(run->kept_output_of(0));
  BOOST_TEST(run->kept_output_of(0)->offset == 5U);
  BOOST_TEST(run->kept_output_of(0)->length == 7U);
  BOOST_REQUIRE(run->kept_output_of(1));
  BOOST_TEST(run->kept_output_of(1)->length == 0U);
}

BOOST_AUTO_TEST_CASE(wakes_its_followers_even_if_one_leaves_meanwhile)
{
  int woken = 0;
  std::uint64_t first = 0;
  first = run->add_follower([&] {
    ++woken;
    run->remove_follower(first);
  });
  run->add_follower([&] { ++woken; });
  run->wake_followers();
  BOOST_TEST(woken == 2);
  run->wake_followers();
  BOOST_TEST(woken == 3);
}

BOOST_AUTO_TEST_SUITE_END()
