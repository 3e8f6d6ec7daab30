// When tests last passed: written, read, and refused.
#include "analyzer/report/greens_json.hpp"
#include "analyzer/report/run_json.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::report;

BOOST_AUTO_TEST_SUITE(told_greens)

BOOST_AUTO_TEST_CASE(are_read_back_exactly)
{
  Greens greens;
  greens.file_lists = {{}, {{"caf\xe9.cpp", hash_content("1")}, {"gone.cpp", {}}}};
  greens.states = {{"c1", "s", 0, 0}, {"c2", "s", 1, 0}};
  greens.sites = {{"main", "/build"}, {"", "/other build"}};
  greens.standings[{"net", "http"}] = {
      {0, Verdict::timed_out, 1, 5, 0, 1},
      {1, Verdict::passed, std::nullopt, 0, std::nullopt, std::nullopt}};
  BOOST_CHECK(greens_from_json(greens_to_json(greens)).value() == greens);
  BOOST_CHECK(greens_from_json(greens_to_json({})).value() == Greens());
}

BOOST_AUTO_TEST_CASE(lead_nowhere_else_than_into_their_lists)
{
  const auto error = [](const char* text) { return greens_from_json(text).error().message; };
  BOOST_TEST(error(R"({"states":[{"uncommitted":0}]})") ==
             "the history of passes cannot be used: its states name what is not there");
  BOOST_TEST(error(R"({"sites":[{}],"tests":[{"standings":[{"clean":0}]}]})") ==
             "the history of passes cannot be used: its tests name what is not there");
  BOOST_TEST(error(R"({"tests":[{"standings":[{"site":0}]}]})") ==
             "the history of passes cannot be used: its tests name what is not there");
  BOOST_TEST(error(R"({"file_lists":[[{"path":"a","content":"12"}]]})") ==
             "the history of passes cannot be used: file_lists[0][0].content is not the id of a "
             "content");
}

BOOST_AUTO_TEST_CASE(come_from_requests_that_tell_the_state_exactly)
{
  RunRequest request;
  request.branch = "main";
  request.tested = TestedState{
      "c1", "s", {{"caf\xe9.cpp", hash_content("1")}, {"gone.cpp", {}}}, {{"@build/x", {}}}};
  const RunRequest read = run_request_from_json(run_request_to_json(request)).value();
  BOOST_TEST(read.branch == "main");
  BOOST_CHECK(read.tested == request.tested);
  BOOST_CHECK(!run_request_from_json(run_request_to_json({})).value().tested);
}

BOOST_AUTO_TEST_SUITE_END()
