// What client and daemon tell each other, there and back, and what is wrong with damaged messages.
#include "analyzer/report/run_json.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

namespace {

RunEvent again(const RunEvent& event)
{
  return run_event_from_json(run_event_to_json(event)).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_run_as_json)

BOOST_AUTO_TEST_CASE(has_events_that_are_read_back)
{
  BOOST_TEST(std::get<RunStarted>(again(RunStarted{"id", 7, 2, 4})).slots == 4U);
  BOOST_TEST(std::get<TestStarted>(again(TestStarted{3, 99})).at_us == 99);
  BOOST_TEST(!std::get<ChunkFinished>(again(ChunkFinished{1, false})).passed);
  BOOST_TEST(std::get<StoreTrouble>(again(StoreTrouble{"disk full"})).message == "disk full");
  BOOST_TEST(std::get<StoreTrouble>(again(StoreTrouble{})).message == "");
  BOOST_TEST(std::holds_alternative<StartWanted>(again(StartWanted{})));
  for (const RunEnd end : {RunEnd::completed, RunEnd::cancelled, RunEnd::incomplete}) {
    BOOST_CHECK(std::get<RunFinished>(again(RunFinished{end, 5, 3})).end == end);
  }
  TestResult result;
  result.key = {"dir", "caf\xe9"};
  result.verdict = Verdict::timed_out;
  result.waited_us = 12;
  const TestResult read = std::get<TestFinished>(again(TestFinished{result})).result;
  BOOST_CHECK(read.key == result.key);
  BOOST_CHECK(read.verdict == Verdict::timed_out);
  BOOST_TEST(read.waited_us == 12);
}

BOOST_AUTO_TEST_CASE(refuses_events_of_a_later_version)
{
  const auto event = run_event_from_json(R"({"event":"test paused"})");
  BOOST_REQUIRE(!event);
  BOOST_TEST(event.error().message == "the event \"test paused\" is of a later version");
  BOOST_TEST(!run_event_from_json("{}"));
  BOOST_TEST(!run_event_from_json("no json"));
  BOOST_TEST(!run_event_from_json(R"({"event":"run finished","end":"exploded"})"));
}

BOOST_AUTO_TEST_CASE(is_requested_with_chunks_that_it_names)
{
  RunRequest request;
  request.tests.resize(2);
  request.tests[1].chunk = 1;
  BOOST_TEST(run_request_from_json(run_request_to_json(request)).value().tests[1].chunk == 1U);
  request.chunk_names = {"a", "b", "c"};
  request.tests[1].chunk = 2;
  BOOST_TEST(run_request_from_json(run_request_to_json(request)).value().tests[1].chunk == 2U);
  request.tests[1].chunk = 3;
  BOOST_TEST(run_request_from_json(run_request_to_json(request)).error().message ==
             "the request cannot be used: tests[1].chunk is 3, but it has 3 chunk_names, counted "
             "from 0");
  const auto far = run_request_from_json(R"({"tests":[{"chunk":4294967295}]})");
  BOOST_REQUIRE(!far);
  BOOST_CHECK(far.error().kind == ErrorKind::data);
  BOOST_TEST(far.error().message ==
             "the request cannot be used: tests[0].chunk is 4294967295, but it has 1 tests and no "
             "chunk_names, counted from 0");
}

BOOST_AUTO_TEST_CASE(is_requested_with_the_resources_there_are)
{
  RunRequest request;
  BOOST_TEST(!run_request_from_json(run_request_to_json(request)).value().resource_spec);
  request.resource_spec = ResourceSpec{"spec.json", {{"gpus", {{"0", 1}, {"1", 4}}}, {"none", {}}}};
  const auto read = run_request_from_json(run_request_to_json(request)).value();
  BOOST_CHECK(read.resource_spec == request.resource_spec);
}

BOOST_AUTO_TEST_CASE(is_summed_up_with_its_chunks)
{
  RunSummary run;
  run.run_id = "id";
  run.state = "running";
  run.chunks = {{"first", ChunkState::passed, 4, 4, 0}, {"second", ChunkState::running, 5, 1, 1}};
  const RunSummary read = run_summary_from_json(run_summary_to_json(run)).value();
  BOOST_REQUIRE(read.chunks.size() == 2U);
  BOOST_TEST(read.chunks[0].name == "first");
  BOOST_CHECK(read.chunks[0].state == ChunkState::passed);
  BOOST_CHECK(read.chunks[1].state == ChunkState::running);
  BOOST_TEST(read.chunks[1].failed == 1U);
}

BOOST_AUTO_TEST_CASE(names_tests_with_their_states)
{
  const std::vector<TestInRun> tests{{{"d", "a"}, 0, TestState::waiting},
                                     {{"d", "b"}, 9, TestState::running}};
  const auto read = tests_in_run_from_json(tests_in_run_to_json(tests)).value();
  BOOST_REQUIRE(read.size() == 2U);
  BOOST_CHECK(read[1].key == tests[1].key);
  BOOST_TEST(read[1].index == 9U);
  BOOST_CHECK(read[0].state == TestState::waiting);
  BOOST_CHECK(read[1].state == TestState::running);
  BOOST_TEST(tests_in_run_from_json("{}").error().message == "the list of tests has no tests");
  BOOST_TEST(tests_in_run_from_json(R"({"tests":[{"index":-1}]})").error().message ==
             "the list of tests cannot be used: [0].index is not a number in its range");
}

BOOST_AUTO_TEST_CASE(has_one_record_for_each_test_with_all_its_attempts)
{
  TestResult first;
  first.key = {"dir", "flaky"};
  first.again = true;
  first.verdict = Verdict::failed;
  first.reason = "exit code 3";
  TestResult last = first;
  last.attempt = 2;
  last.again = false;
  last.flaky = true;
  last.verdict = Verdict::passed;
  last.reason.clear();
  TestResult other;
  other.key = {"dir", "other"};
  other.index = 1;
  other.verdict = Verdict::passed;
  const std::string document = run_results_to_json({}, {first, other, last});
  BOOST_TEST(document.find(R"("tests":[{"index":1,"verdict":"passed","duration_us":0,)"
                           R"("name":"other","directory":"dir"},{"attempt":2,"flaky":true,)"
                           R"("verdict":"passed","duration_us":0,"name":"flaky","directory":"dir",)"
                           R"("attempts":[{"verdict":"failed","reason":"exit code 3",)"
                           R"("duration_us":0,"attempt":1},{"attempt":2,"verdict":"passed",)"
                           R"("duration_us":0}]}])") != std::string::npos,
             document);
}

BOOST_AUTO_TEST_CASE(is_requested_with_its_repetitions)
{
  RunRequest request;
  request.tests.resize(2);
  request.repeat = Repeat{RepeatMode::after_timeout, 3, {5, 9}};
  request.tests[1].repeat = Repeat{RepeatMode::until_pass, 1};
  request.max_failures = 4;
  const RunRequest read = run_request_from_json(run_request_to_json(request)).value();
  BOOST_TEST((repeat_of(read, 0) == request.repeat));
  BOOST_TEST((repeat_of(read, 1) == request.tests[1].repeat));
  BOOST_TEST(read.max_failures.value() == 4U);
}

BOOST_AUTO_TEST_SUITE_END()
