// The document `winnow.selection`, member by member.
#include "analyzer/report/selection_json.hpp"
#include "tests/unit/analyzer/report/sample_graph.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <array>

using namespace winnow;
using namespace winnow::report;

namespace {

namespace json = boost::json;

json::value document(const Graph& graph, const Selection& selection)
{
  return json::parse(selection_to_json(graph, selection));
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_selection_document)

BOOST_AUTO_TEST_CASE(carries_what_was_compared_and_counted)
{
  const Graph graph = sample::graph();
  const json::value whole = document(graph, sample::selection(graph));
  BOOST_TEST(whole.at("kind").as_string() == "winnow.selection");
  BOOST_TEST(whole.at("version").as_int64() == 1);
  BOOST_TEST(whole.at("base").as_string() == "main");
  BOOST_TEST(whole.at("head").as_string() == "work tree");
  BOOST_TEST(whole.at("fallback").is_null());
  BOOST_TEST(whole.at("total").as_int64() == 4);
  BOOST_TEST(whole.at("skipped_count").as_int64() == 1);
  BOOST_TEST(json::serialize(whole.at("targets")) == R"(["http_test"])");
  BOOST_TEST(json::serialize(whole.at("changes")) ==
             R"([{"path":"net/url.h","status":"modified"}])");
}

BOOST_AUTO_TEST_CASE(gives_each_test_its_reasons)
{
  const Graph graph = sample::graph();
  const json::value whole = document(graph, sample::selection(graph));
  const json::array& tests = whole.at("tests").as_array();
  BOOST_REQUIRE(tests.size() == 3U);
  BOOST_TEST(tests[0].at("name").as_string() == "http");
  BOOST_TEST(tests[0].at("directory").as_string() == "net");
  BOOST_TEST(json::serialize(tests[0].at("targets")) == R"(["http_test"])");
  const json::value& reason = tests[0].at("reasons").at(0);
  BOOST_TEST(reason.at("kind").as_string() == "changed_file");
  BOOST_TEST(reason.at("file").as_string() == "net/url.h");
  const json::array& chain = reason.at("chain").as_array();
  BOOST_TEST(json::serialize(chain.at(0)) == R"({"file":"net/url.h"})");
  BOOST_TEST(json::serialize(chain.at(1)) == R"({"step":"CXX_net","via":"header"})");
  BOOST_TEST(json::serialize(chain.back()) == R"({"test":"net/http","via":"executable"})");
  BOOST_TEST(json::serialize(tests[1].at("reasons")) ==
             R"([{"kind":"companion","chain":[{"test":"net/setup"},)"
             R"({"test":"net/http","via":"fixture_setup"}]}])");
}

BOOST_AUTO_TEST_CASE(includes_tests_that_the_graph_does_not_know)
{
  const Graph graph = sample::graph();
  Selection selection;
  selection.new_tests = {{"net", "fresh"}};
  const json::value whole = document(graph, selection);
  BOOST_TEST(json::serialize(whole.at("tests")) ==
             R"([{"name":"fresh","directory":"net","targets":[],)"
             R"("reasons":[{"kind":"new_test","chain":[]}]}])");
  BOOST_TEST(whole.at("total").as_int64() == 5);
  BOOST_TEST(whole.at("skipped_count").as_int64() == 4);
}

BOOST_AUTO_TEST_CASE(names_the_cause_of_a_fallback)
{
  const Graph graph = sample::graph();
  Selection selection;
  selection.fallback = Fallback{FallbackCause::unknown_file, {"strange.bin"}};
  BOOST_TEST(json::serialize(document(graph, selection).at("fallback")) ==
             R"({"cause":"unknown_file","paths":["strange.bin"]})");
}

BOOST_AUTO_TEST_CASE(stays_utf8_whatever_files_are_called)
{
  const Graph graph = sample::graph();
  Selection selection;
  selection.change.files = {{"caf\xe9%.txt", ChangeStatus::renamed, "caf\xc3\xa9%.txt"}};
  BOOST_TEST(json::serialize(document(graph, selection).at("changes")) ==
             "[{\"path\":\"caf%E9%25.txt\",\"status\":\"renamed\","
             "\"old_path\":\"caf\xc3\xa9%.txt\"}]");
}

BOOST_AUTO_TEST_CASE(explains_skipped_tests_where_that_is_asked_for)
{
  const Graph graph = sample::graph();
  const Selection selection = sample::selection(graph);
  const SkippedTest alone{sample::test(graph, "", "alone"),
                          {1, 2, 0, 0},
                          {{SkipReasonKind::unchanged_inputs, "", ""},
                           {SkipReasonKind::ignored_file, "README.md", "harmless_files"}},
                          7};
  const json::value whole = json::parse(selection_to_json(graph, selection, std::array{alone}));
  BOOST_TEST(json::serialize(whole.at("skipped")) ==
             R"([{"name":"alone","directory":"","inputs":{"sources":1,"built":2,"outside":0,)"
             R"("tests":0},"reasons":[{"kind":"unchanged_inputs"},{"kind":"ignored_file",)"
             R"("file":"README.md","rule":"harmless_files"}],"more_reasons":7}])");
  BOOST_TEST(!document(graph, selection).as_object().contains("skipped"));
}

BOOST_AUTO_TEST_CASE(names_the_state_a_test_was_green_at)
{
  const Graph graph = sample::graph();
  Selection selection = sample::selection(graph);
  selection.since_last_green =
      SinceLastGreen{{{}}, {{"c1", true, 0}, {"c2", false, 0}}, {std::nullopt, 0, 1, std::nullopt}};
  const json::value whole = document(graph, selection);
  const json::array& tests = whole.at("tests").as_array();
  BOOST_TEST(json::serialize(tests[0].at("last_green")) == R"({"commit":"c1"})");
  BOOST_TEST(json::serialize(tests[1].at("last_green")) == R"({"commit":"c2","uncommitted":true})");
  BOOST_TEST(!tests[2].as_object().contains("last_green"));
}

BOOST_AUTO_TEST_SUITE_END()
