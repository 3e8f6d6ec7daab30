// The document `winnow.results`, there and back.
#include "analyzer/report/results_json.hpp"
#include "analyzer/report/run_json.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

namespace {

TestResult result(const std::string& name, Verdict verdict)
{
  TestResult made;
  made.key = {"net", name};
  made.verdict = verdict;
  made.output_bytes = 10;
  return made;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_document_of_results)

BOOST_AUTO_TEST_CASE(is_read_back_with_its_plan_attempts_and_outputs)
{
  RunSummary run;
  run.run_id = "2n5b56rk24";
  run.tests = 2;
  run.started_us = 7;
  TestResult first = result("flaky", Verdict::failed);
  first.again = true;
  first.reason = "exit code 3";
  TestResult last = result("flaky", Verdict::passed);
  last.attempt = 2;
  last.flaky = true;
  TestResult other = result("caf\xe9 100%", Verdict::failed);
  other.index = 1;
  other.chunk = 4;
  const std::string text =
      run_results_to_json(run, {first, other, last}, nullptr,
                          [](std::size_t i) { return "bad \xff " + std::to_string(i); });
  const PlannedRun planned{"id", "abc", {4, 5}, {{{"d", "new"}, "cases"}}};
  const RunResults read = results_from_json(results_with_plan(text, planned).value()).value();
  BOOST_TEST(read.run.run_id == "2n5b56rk24");
  BOOST_TEST(read.run.tests == 2U);
  BOOST_TEST(read.run.started_us == 7);
  BOOST_REQUIRE(read.planned.has_value());
  BOOST_TEST(read.planned->plan_id == "id");
  BOOST_TEST((read.planned->chunks == planned.chunks));
  BOOST_TEST((read.planned->discovered[0].key == TestKey{"d", "new"}));
  BOOST_REQUIRE(read.attempts.size() == 3U);
  BOOST_TEST((read.attempts[0].result.key == other.key));
  BOOST_TEST(read.attempts[0].result.chunk == 4U);
  BOOST_TEST(read.attempts[0].output == "bad \xef\xbf\xbd 1");
  BOOST_TEST(read.attempts[1].result.again);
  BOOST_TEST((read.attempts[1].result.key == last.key));
  BOOST_TEST(read.attempts[1].result.reason == "exit code 3");
  BOOST_TEST(read.attempts[1].output == "bad \xef\xbf\xbd 0");
  BOOST_TEST(read.attempts[2].result.flaky);
  BOOST_TEST(read.attempts[2].output.empty());
}

BOOST_AUTO_TEST_CASE(says_where_it_is_damaged)
{
  const auto error_in = [](const std::string& members) {
    const auto read = results_from_json(R"({"kind":"winnow.results","version":1,)" + members + "}");
    BOOST_REQUIRE(!read);
    BOOST_TEST((read.error().kind == ErrorKind::data));
    return read.error().message.substr(read.error().message.find(": ") + 2);
  };
  BOOST_TEST(error_in(R"("run_id":"x")") == "tests is missing");
  BOOST_TEST(error_in(R"("tests":[4])") == "tests[0] is not an object");
  BOOST_TEST(error_in(R"("tests":[{"verdict":"passed","name":"a"}])") ==
             "tests[0].directory is missing");
  BOOST_TEST(error_in(R"("tests":[{"verdict":"passed","chunk":-1}])") ==
             "tests[0].chunk is not a number in its range");
  BOOST_TEST(
      error_in(R"("tests":[{"verdict":"passed","name":"a","directory":"","attempts":[{},{}]}])") ==
      "tests[0].attempts[0].verdict is missing");
  BOOST_TEST(error_in(R"("tests":[],"plan":{"id":"x"})") == "plan.commit is missing");
  BOOST_TEST(error_in(R"("tests":[],"run_id":3)") == "run_id is not a text");
}

BOOST_AUTO_TEST_CASE(of_several_runs_is_one_of_the_same_kind)
{
  MergedResults merged;
  merged.plan_id = "id";
  merged.chunks = {{0, "first", 2.5, 1'000'000, 3'000'000, 1, 0},
                   {1, "second", 2, 2'000'000, 5'000'000, 1, 1}};
  merged.attempts = {{result("a", Verdict::passed), ""}, {result("b", Verdict::failed), "why"}};
  merged.attempts[1].result.index = 1;
  merged.attempts[1].result.chunk = 1;
  const std::string text = merged_results_to_json(merged);
  BOOST_TEST(text.find(R"("runs":[{"chunk":0,"run_id":"first","tests":1,"failed":0,)"
                       R"("predicted_seconds":2.5E0,"real_seconds":2E0})") != std::string::npos,
             text);
  const RunResults read = results_from_json(text).value();
  BOOST_TEST(read.run.started_us == 1'000'000);
  BOOST_TEST(read.run.ended_us == 5'000'000);
  BOOST_TEST(read.run.failed == 1U);
  BOOST_TEST((read.planned->chunks == std::vector<std::uint32_t>{0, 1}));
  BOOST_TEST(read.attempts[1].output == "why");
}

BOOST_AUTO_TEST_SUITE_END()
