// The document `winnow.plan`, there and back, and what is wrong with damaged ones.
#include "analyzer/report/plan_json.hpp"
#include "tests/unit/analyzer/report/sample_graph.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

namespace {

namespace json = boost::json;

Plan small_plan()
{
  Plan plan;
  plan.commit = "abc123";
  plan.uncommitted = {{"gone.cpp", {}}, {"new.cpp", hash_content("new")}};
  plan.chunks = {{0, {{"net", "http"}, {"", "caf\xe9 100%"}}, {"http_test"}, 2.5},
                 {1, {{"url", "http"}}, {}, 2.25, {"url_test"}}};
  plan.lower_bound_s = 2.375;
  plan.predicted_s = 2.5;
  return plan;
}

/// The small plan as a document in which `from` is replaced.
std::string error_after_replacing(const std::string& from, const std::string& to)
{
  std::string text = plan_to_json(small_plan());
  const std::size_t at = text.find(from);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
  text.replace(at, from.size(), to);
  const Result<Plan> plan = plan_from_json(text);
  BOOST_REQUIRE(!plan);
  BOOST_TEST((plan.error().kind == ErrorKind::data));
  return plan.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_plan_document)

BOOST_AUTO_TEST_CASE(is_read_back_exactly)
{
  const Plan plan = small_plan();
  const Plan read = plan_from_json(plan_to_json(plan)).value();
  BOOST_TEST(read.commit == plan.commit);
  BOOST_TEST(read.lower_bound_s == plan.lower_bound_s);
  BOOST_TEST(read.predicted_s == plan.predicted_s);
  BOOST_REQUIRE(read.uncommitted.size() == 2U);
  BOOST_TEST(read.uncommitted[0].path == "gone.cpp");
  BOOST_TEST(!read.uncommitted[0].hash.known());
  BOOST_TEST((read.uncommitted[1].hash == hash_content("new")));
  BOOST_REQUIRE(read.chunks.size() == plan.chunks.size());
  for (std::size_t i = 0; i < plan.chunks.size(); ++i) {
    BOOST_TEST(read.chunks[i].index == plan.chunks[i].index);
    BOOST_TEST((read.chunks[i].tests == plan.chunks[i].tests));
    BOOST_TEST((read.chunks[i].targets == plan.chunks[i].targets));
    BOOST_TEST((read.chunks[i].discovers == plan.chunks[i].discovers));
    BOOST_TEST(read.chunks[i].predicted_s == plan.chunks[i].predicted_s);
  }
}

BOOST_AUTO_TEST_CASE(is_utf8_and_tells_by_which_members)
{
  const json::value whole = json::parse(plan_to_json(small_plan()));
  BOOST_TEST(whole.at("kind").as_string() == "winnow.plan");
  BOOST_TEST(whole.at("version").as_int64() == 1);
  BOOST_TEST(whole.at("selection").is_null());
  BOOST_TEST(json::serialize(whole.at("chunks").at(0).at("tests")) ==
             R"([{"name":"http","directory":"net"},)"
             R"({"name":"caf%E9 100%25","directory":"","percent_encoded":true}])");
}

BOOST_AUTO_TEST_CASE(can_have_a_test_in_several_chunks)
{
  Plan plan = small_plan();
  plan.chunks[1].tests = plan.chunks[0].tests;
  BOOST_TEST((plan_from_json(plan_to_json(plan)).value().chunks[1].tests == plan.chunks[0].tests));
}

BOOST_AUTO_TEST_CASE(holds_the_selection_it_was_made_from)
{
  const Graph graph = sample::graph();
  const std::string text = plan_to_json(small_plan(), graph, sample::selection(graph));
  const json::value whole = json::parse(text);
  BOOST_TEST(whole.at("selection").at("kind").as_string() == "winnow.selection");
  BOOST_TEST(whole.at("selection").at("tests").as_array().size() == 3U);
  BOOST_TEST(plan_from_json(text).value().chunks.size() == 2U);
}

BOOST_AUTO_TEST_CASE(says_which_member_is_damaged)
{
  struct Row {
    std::string from;
    std::string to;
    std::string message;
  };

  const std::vector<Row> rows{
      {R"("commit":"abc123")", R"("commit":7)", "commit is not a text"},
      {R"("commit")", R"("comit")", "commit is missing"},
      {R"("targets":["http_test"])", R"("targets":[true])", "chunks[0].targets[0] is not a text"},
      {R"("targets":["http_test"])", R"("targets":"all")", "chunks[0].targets is not a list"},
      {R"({"name":"http","directory":"url"})", R"("url/http")",
       "chunks[1].tests[0] is not an object"},
      {R"("name":"caf%E9 100%25","directory":"")", R"("name":"http","directory":"net")",
       "chunks[0].tests[1].name is a test that the chunk has already: net/http"},
      {R"("content":"")", R"("content":"0f")", "uncommitted[0].content is not the id of a content"},
      {R"("index":1)", R"("index":3)", "chunks[1].index is 3, not 1"},
      {R"("index":1)", R"("index":-1)", "chunks[1].index is not a whole number of at least 0"},
      {R"("predicted_seconds":2.25E0)", R"("predicted_seconds":-1)",
       "chunks[1].predicted_seconds is not a number of at least 0"},
      {"winnow.plan", "winnow.results", R"(kind is "winnow.results", not "winnow.plan")"},
      {R"("version":1)", R"("version":9)", "version is 9, and this winnow reads version 1"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.to)
    {
      BOOST_TEST(error_after_replacing(row.from, row.to) ==
                 "the plan cannot be used: " + row.message);
    }
  }
}

BOOST_AUTO_TEST_CASE(must_be_json)
{
  BOOST_TEST(plan_from_json("").error().message.starts_with("the plan is not JSON: "));
  BOOST_TEST(plan_from_json("[]").error().message ==
             "the plan cannot be used: it is not an object");
}

BOOST_AUTO_TEST_SUITE_END()
