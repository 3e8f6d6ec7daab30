// Tests of every route: what it answers, and what it answers to what nobody should ask.
#include "analyzer/report/greens_json.hpp"
#include "tests/support/route_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace winnow;
using namespace winnow::serve;

namespace {

std::vector<RunEvent> events_in(const std::string& lines)
{
  std::vector<RunEvent> events;
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    events.push_back(required(report::run_event_from_json(line)));
  }
  return events;
}

/// The events without the times at which tests started.
Lines untimed(const std::string& lines)
{
  Lines all;
  for (RunEvent& event : events_in(lines)) {
    if (auto* start = std::get_if<TestStarted>(&event)) {
      start->at_us = 0;
    }
    all.push_back(report::run_event_to_json(event));
  }
  return all;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(routes, RouteFixture)

BOOST_AUTO_TEST_CASE(wrong_paths_and_methods_are_told_from_each_other)
{
  add("t", {"/bin/true"});
  const std::string run = "/v1/runs/" + post_and_finish();

  struct Row {
    const char* method;
    std::string target;
    int status;
  };

  const std::vector<Row> rows{{"GET", "", 400},
                              {"GET", "no path", 400},
                              {"GET", "/", 404},
                              {"GET", "/v1", 404},
                              {"GET", "/v2/status", 404},
                              {"GET", "/v1/nothing", 404},
                              {"GET", "/v1/status/more", 404},
                              {"GET", "/v1/history/more", 404},
                              {"PUT", "/v1/status", 405},
                              {"POST", "/v1/history", 405},
                              {"GET", "/v1/greens/more", 404},
                              {"POST", "/v1/greens", 405},
                              {"PUT", "/v1/runs", 405},
                              {"DELETE", "/v1/runs", 405},
                              {"POST", run, 405},
                              {"DELETE", run + "/events", 405},
                              {"GET", run + "/tested", 405},
                              {"PUT", "/v1/runs/none/tested", 422},
                              {"POST", run + "/tests/0/output", 405},
                              {"GET", run + "/nothing", 404},
                              {"GET", run + "/tests/0", 404},
                              {"GET", run + "/tests/0/nothing", 404},
                              {"GET", run + "/tests/0/output/more", 404},
                              {"GET", run + "/tests/7/output", 404},
                              {"GET", run + "/tests/x/output", 400},
                              {"GET", run + "/tests/0x/output", 400},
                              {"GET", run + "/tests/-1/output", 400},
                              {"GET", run + "/tests/0/output?from=-1", 400}};
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.method << " " << row.target)
    {
      const RouteResponse response = ask(row.method, row.target);
      BOOST_TEST(response.status == row.status);
      BOOST_TEST(!response.body.empty());
      BOOST_TEST(response.content_type == "text/plain");
    }
  }
}

BOOST_AUTO_TEST_CASE(no_part_of_an_unknown_run_is_found)
{
  for (const char* part :
       {"", "/events", "/junit", "/results", "/tests?name=t", "/tests/0/output"}) {
    BOOST_TEST_CONTEXT(part)
    {
      BOOST_TEST(get("/v1/runs/0123456789" + std::string(part)).status == 404);
    }
  }
  BOOST_TEST(ask("DELETE", "/v1/runs/0123456789").status == 404);
}

BOOST_AUTO_TEST_CASE(another_protocol_is_refused_before_anything_else)
{
  const RouteResponse response = routes.answer({"DELETE", "/v1/status", "", "999"});
  BOOST_TEST(response.status == 426);
  BOOST_TEST(!response.asks_to_leave);
  BOOST_TEST(response.body.find("winnow daemon stop") != std::string::npos);
  BOOST_TEST(routes.answer({"GET", "/v1/status", "", ""}).status == 200);
}

BOOST_AUTO_TEST_CASE(status_counts_living_runs_and_asks_to_leave)
{
  BOOST_TEST(get("/v1/status").body.find(R"("living_runs":0)") != std::string::npos);
  BOOST_TEST(!get("/v1/status").asks_to_leave);
  BOOST_TEST(ask("DELETE", "/v1/status").asks_to_leave);
  BOOST_TEST(ask("DELETE", "/v1/status").status == 200);
  shell("t", "true");
  const std::string id = post();
  BOOST_TEST(get("/v1/status").body.find(R"("living_runs":1)") != std::string::npos);
  BOOST_TEST(ask("DELETE", "/v1/status").status == 202);
  finish(id);
}

BOOST_AUTO_TEST_CASE(a_request_that_is_none_is_refused)
{
  BOOST_TEST(ask("POST", "/v1/runs", "").status == 422);
  BOOST_TEST(ask("POST", "/v1/runs", R"({"tests":7})").status == 422);
  add("a", {"/bin/true"}).depends = {"a2"};
  add("a2", {"/bin/true"}).depends = {"a"};
  BOOST_TEST(ask("POST", "/v1/runs", report::run_request_to_json(request)).status == 400);
  BOOST_TEST(required(report::run_summaries_from_json(get("/v1/runs").body)).empty());
}

BOOST_AUTO_TEST_CASE(a_run_ends_with_the_connection_that_leased_it)
{
  shell("t", "touch begun; exec sleep 600");
  RouteResponse response = ask("POST", "/v1/runs", report::run_request_to_json(request));
  BOOST_REQUIRE(response.leases_run);
  work_until([&] { return std::filesystem::exists(scratch / "begun"); });
  routes.lease_ended(*response.leases_run);
  const auto run = service->find(*response.leases_run);
  work_until([&] { return run->ended(); });
  BOOST_TEST(run->summary().state == "cancelled");
  request.tests.clear();
  add("t", {"/bin/true"});
  request.lease = Lease::detached;
  response = ask("POST", "/v1/runs", report::run_request_to_json(request));
  BOOST_CHECK(!response.leases_run);
}

BOOST_AUTO_TEST_CASE(runs_are_listed_and_summed_up_with_their_chunks)
{
  request.chunk_names = {"first", "second"};
  add("a", {"/bin/true"});
  add("b", {"/bin/false"});
  request.tests[1].chunk = 1;
  const std::string id = post_and_finish();
  const auto runs = required(report::run_summaries_from_json(get("/v1/runs").body));
  BOOST_REQUIRE(runs.size() == 1U);
  const RunSummary run = required(report::run_summary_from_json(get("/v1/runs/" + id).body));
  for (const RunSummary& summary : {runs[0], run}) {
    BOOST_TEST(summary.run_id == id);
    BOOST_TEST(summary.state == "completed");
    BOOST_TEST(summary.failed == 1U);
    BOOST_REQUIRE(summary.chunks.size() == 2U);
    BOOST_TEST(summary.chunks[1].name == "second");
    BOOST_CHECK(summary.chunks[0].state == ChunkState::passed);
    BOOST_CHECK(summary.chunks[1].state == ChunkState::failed);
  }
  forget_runs();
  BOOST_TEST(required(report::run_summary_from_json(get("/v1/runs/" + id).body)).failed == 1U);
}

BOOST_AUTO_TEST_CASE(events_of_a_living_run_come_as_they_happen_and_end)
{
  add("a", {"/bin/true"});
  const RouteResponse response = get("/v1/runs/" + post() + "/events");
  BOOST_TEST(response.content_type == "application/jsonl");
  const Reader reader(response);
  const std::vector<RunEvent> events = events_in(whole(reader));
  BOOST_REQUIRE(events.size() == 5U);
  BOOST_TEST(std::holds_alternative<RunStarted>(events[0]));
  BOOST_TEST(std::holds_alternative<TestStarted>(events[1]));
  BOOST_TEST(std::holds_alternative<TestFinished>(events[2]));
  BOOST_TEST(std::holds_alternative<ChunkFinished>(events[3]));
  BOOST_TEST(std::holds_alternative<RunFinished>(events[4]));
}

BOOST_AUTO_TEST_CASE(events_of_a_forgotten_run_are_those_in_the_store)
{
  add("a", {"/bin/true"});
  add("b", {"/bin/false"});
  request.tests[1].chunk = 1;
  const std::string id = post_and_finish();
  forget_runs();
  const std::vector<RunEvent> events = events_in(Reader(get("/v1/runs/" + id + "/events")).all);
  BOOST_REQUIRE(events.size() == 6U);
  BOOST_TEST(std::get<RunStarted>(events[0]).tests == 2U);
  BOOST_TEST(std::get<RunStarted>(events[0]).chunks == 2U);
  BOOST_TEST(std::holds_alternative<TestFinished>(events[1]));
  BOOST_TEST(std::holds_alternative<ChunkFinished>(events[2]));
  BOOST_CHECK(std::get<RunFinished>(events[5]).end == RunEnd::completed);
  BOOST_TEST(std::get<RunFinished>(events[5]).duration_us > 0);
}

BOOST_AUTO_TEST_CASE(who_comes_after_the_end_reads_what_a_follower_read)
{
  request.jobs = 1;
  request.chunk_names = {"one", "two", "nothing"};
  shell("a", "echo said");
  add("b", {"/bin/false"}).depends = {"a"};
  add("c", {"/bin/true"}).disabled = true;
  request.tests[2].chunk = 1;
  const std::string id = post();
  const std::string run = "/v1/runs/" + id;
  const Reader follower(get(run + "/events"));
  const Lines early = untimed(whole(follower));
  BOOST_TEST(early.size() == 9U);
  BOOST_CHECK(service->find(id) == nullptr); // its results are in the store alone
  BOOST_TEST(untimed(Reader(get(run + "/events")).all) == early, boost::test_tools::per_element());
  BOOST_TEST(get(run + "/tests/0/output").body == "said\n");
  BOOST_TEST(get(run + "/tests/1/output?follow=true").body == "");
  BOOST_TEST(get(run + "/tests/3/output").status == 404);
}

BOOST_AUTO_TEST_CASE(a_run_of_another_process_has_no_end_yet)
{
  store::Store other = open();
  const std::string id = required(other.begin_run(request, now_us));
  const std::vector<RunEvent> events = events_in(Reader(get("/v1/runs/" + id + "/events")).all);
  BOOST_TEST(events.size() == 1U);
}

BOOST_AUTO_TEST_CASE(no_run_lasts_less_than_nothing)
{
  const std::string id = required(store.begin_run(request, now_us));
  required(store.end_run(id, RunEnd::incomplete, now_us - 5)); // the clock was set back
  const std::vector<RunEvent> events = events_in(Reader(get("/v1/runs/" + id + "/events")).all);
  BOOST_TEST(std::get<RunFinished>(events.back()).duration_us == 0);
}

BOOST_AUTO_TEST_CASE(documents_tell_of_every_test)
{
  shell("good", "echo said");
  shell("bad", "echo why; exit 3");
  const std::string run = "/v1/runs/" + post_and_finish();
  const RouteResponse junit = get(run + "/junit");
  BOOST_TEST(junit.content_type == "application/xml");
  const std::string xml = Reader(junit).all;
  BOOST_TEST(xml.find("exit code 3") != std::string::npos);
  BOOST_TEST(xml.find("why") != std::string::npos);
  const RouteResponse results = get(run + "/results");
  BOOST_TEST(results.body.find(R"("kind":"winnow.results")") != std::string::npos);
  BOOST_TEST(results.body.find(R"("name":"good")") != std::string::npos);
  const RouteResponse history = get("/v1/history?project=project&configuration=Debug");
  BOOST_TEST(history.body.find(R"("name":"bad")") != std::string::npos);
  BOOST_TEST(get("/v1/history?project=other").body.find(R"("tests":[])") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_flaky_test_is_told_with_its_attempts)
{
  shell("flaky", "[ -e been ] || { touch been; echo first; exit 3; }; echo second");
  request.repeat = Repeat{RepeatMode::until_pass, 3};
  const std::string run = "/v1/runs/" + post_and_finish();
  const std::string xml = Reader(get(run + "/junit")).all;
  BOOST_TEST(xml.find("<flakyFailure message=\"exit code 3\" type=\"failed\"") !=
             std::string::npos);
  BOOST_TEST(xml.find("<system-out>first\n") < xml.find("<system-out>second\n"));
  const std::string results = get(run + "/results").body;
  BOOST_TEST(results.find(R"("flaky":true)") != std::string::npos, results);
  BOOST_TEST(results.find(R"("attempts":[)") != std::string::npos, results);
  const std::string target = "/v1/flaky?project=project&configuration=Debug";
  const std::string flaky = get(target).body;
  BOOST_TEST(flaky.find(R"("flaky_runs":1,"runs":1)") != std::string::npos, flaky);
  BOOST_TEST(get(target + "&runs=0").body.find(R"("tests":[])") != std::string::npos);
  BOOST_TEST(get(target + "&runs=x").status == 400);
  BOOST_TEST(ask("POST", target).status == 405);
}

BOOST_AUTO_TEST_CASE(greens_tell_at_which_state_each_test_passed)
{
  shell("good", "true");
  shell("bad", "exit 3");
  request.branch = "main";
  request.tested = TestedState{"c1", "settings", {{"a.cpp", hash_content("1")}}, {}};
  post_and_finish();
  const auto greens = [&](const std::string& which) {
    const std::string target = "/v1/greens?project=project&configuration=Debug" + which;
    return required(report::greens_from_json(get(target).body));
  };
  const Greens all = greens("");
  const Standing& good = all.standings.at({"dir", "good"}).at(0);
  BOOST_TEST(all.sites.at(good.site).branch == "main");
  BOOST_TEST(all.states.at(good.dirty.value()).commit == "c1");
  BOOST_TEST(!all.standings.at({"dir", "bad"}).at(0).dirty.has_value());
  BOOST_TEST(greens("&only=red").standings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_client_tells_afterwards_at_which_state_a_run_was)
{
  shell("good", "true");
  const std::string id = post_and_finish();
  const TestedState state{"c1", "settings", {}, {}};
  const std::string body = report::tested_state_to_json(state);
  BOOST_TEST(ask("PUT", "/v1/runs/" + id + "/tested", body).status == 200);
  const std::string target = "/v1/greens?project=project&configuration=Debug";
  BOOST_TEST(required(report::greens_from_json(get(target).body)).states.at(0).commit == "c1");
  BOOST_TEST(ask("PUT", "/v1/runs/none/tested", body).status == 404);
  BOOST_TEST(ask("PUT", "/v1/runs/" + id + "/tested", "{}x").status == 422);
}

BOOST_AUTO_TEST_CASE(a_junit_document_has_one_output_in_memory_at_a_time)
{
  for (const char* name : {"first", "second", "third"}) {
    shell(name, "echo output of " + std::string(name));
  }
  const RouteResponse junit = get("/v1/runs/" + post_and_finish() + "/junit");
  BOOST_REQUIRE(junit.stream);
  std::size_t outputs = 0;
  for (std::string piece = junit.stream->next(); !piece.empty(); piece = junit.stream->next()) {
    const std::size_t output = piece.find("output of");
    outputs += output == std::string::npos ? 0 : 1;
    BOOST_TEST(piece.find("output of", output + 1) == std::string::npos);
  }
  BOOST_TEST(outputs == 3U);
  BOOST_TEST(junit.stream->ended());
}

BOOST_AUTO_TEST_CASE(tests_are_found_by_name)
{
  add("odd name/%", {"/bin/true"});
  const std::string run = "/v1/runs/" + post_and_finish();
  for (const bool remembered : {true, false}) {
    const auto tests =
        required(report::tests_in_run_from_json(get(run + "/tests?name=odd%20name%2F%25").body));
    BOOST_REQUIRE(tests.size() == 1U);
    BOOST_TEST(tests[0].key.display() == "dir/odd name/%");
    BOOST_CHECK(tests[0].state == TestState::finished);
    BOOST_TEST(required(report::tests_in_run_from_json(get(run + "/tests?name=x").body)).empty());
    if (remembered) {
      forget_runs();
    }
  }
}

BOOST_AUTO_TEST_CASE(deleting_a_run_cancels_it)
{
  shell("t", "touch begun; while [ ! -e go ]; do sleep 0.01; done");
  const std::string id = post();
  work_until([&] { return std::filesystem::exists(scratch / "begun"); });
  BOOST_TEST(ask("DELETE", "/v1/runs/" + id + "?running=finish").status == 200);
  std::ofstream(scratch / "go");
  const auto run = service->find(id);
  work_until([&] { return run->ended(); });
  BOOST_TEST(told(*run) == (Lines{"t: passed"}), boost::test_tools::per_element());
  std::filesystem::remove(scratch / "begun");
  std::filesystem::remove(scratch / "go");
  const std::string killed = post();
  work_until([&] { return std::filesystem::exists(scratch / "begun"); });
  BOOST_TEST(ask("DELETE", "/v1/runs/" + killed).status == 200);
  BOOST_TEST(told(*finish(killed)) == (Lines{"t: cancelled"}), boost::test_tools::per_element());
  const RouteResponse again = ask("DELETE", "/v1/runs/" + killed);
  BOOST_TEST(again.status == 409);
  BOOST_TEST(again.body == "run " + killed + " has ended already");
}

BOOST_AUTO_TEST_SUITE_END()
