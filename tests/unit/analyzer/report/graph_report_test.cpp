// Whole graphs as numbers, drawings and documents.
#include "analyzer/report/graph_report.hpp"
#include "analyzer/report/graph_stats.hpp"
#include "tests/unit/analyzer/report/sample_graph.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>

using namespace winnow;
using namespace winnow::report;

namespace {

namespace json = boost::json;

std::int64_t count(const json::value& document, std::string_view pointer)
{
  return document.at_pointer(pointer).to_number<std::int64_t>();
}

} // namespace

BOOST_AUTO_TEST_SUITE(statistics_of_a_graph)

BOOST_AUTO_TEST_CASE(count_each_kind)
{
  const Graph graph = sample::graph();
  const json::value stats = json::parse(graph_stats_to_json(graph));
  BOOST_TEST(stats.at("kind").as_string() == "winnow.graph_stats");
  BOOST_TEST(stats.at_pointer("/origin/project").as_string() == "demo");
  BOOST_TEST(count(stats, "/bytes") == static_cast<std::int64_t>(graph.bytes().size()));
  BOOST_TEST(count(stats, "/files/source") == 7);
  BOOST_TEST(count(stats, "/files/built") == 7);
  BOOST_TEST(count(stats, "/files/other") == 0);
  BOOST_TEST(count(stats, "/files/total") == 14);
  BOOST_TEST(count(stats, "/steps/compile") == 3);
  BOOST_TEST(count(stats, "/steps/link") == 2);
  BOOST_TEST(count(stats, "/steps/phony") == 0);
  BOOST_TEST(count(stats, "/targets") == 2);
  BOOST_TEST(count(stats, "/tests/total") == 4);
  BOOST_TEST(count(stats, "/edges/header") == 2);
  BOOST_TEST(count(stats, "/edges/fixture_setup") == 1);
}

BOOST_AUTO_TEST_CASE(leave_out_in_text_what_does_not_occur)
{
  const std::string text = graph_stats_to_text(sample::graph());
  BOOST_TEST(text.starts_with("project       demo\ncommit        abc123\n"));
  BOOST_TEST(text.find("compile ") != std::string::npos);
  BOOST_TEST(text.find("phony") == std::string::npos);
  BOOST_TEST(text.find("unmapped") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_whole_graph)

BOOST_AUTO_TEST_CASE(is_a_document_whose_edges_name_nodes_by_position)
{
  const Graph graph = sample::graph();
  std::ostringstream out;
  graph_to_json(graph, out);
  const json::value whole = json::parse(out.str());
  const json::array& nodes = whole.at("nodes").as_array();
  BOOST_REQUIRE(nodes.size() == graph.node_count());
  BOOST_TEST(whole.at("edges").as_array().size() == graph.edge_count());
  std::size_t headers = 0;
  for (const json::value& edge : whole.at("edges").as_array()) {
    if (edge.at(2).as_string() == "header") {
      BOOST_TEST(nodes.at(edge.at(1).to_number<std::size_t>()).at("step").as_string() == "CXX_net");
      ++headers;
    }
  }
  BOOST_TEST(headers == 2U);
  BOOST_TEST(json::serialize(nodes.back()) == R"({"test":"http","directory":"url","mapped":true})");
}

BOOST_AUTO_TEST_CASE(is_a_drawing_in_which_names_are_quoted)
{
  GraphBuilder builder;
  const TestId test = builder.add_test({{"", "say \"hi\\\""}});
  builder.add_test_input(builder.file("@build/hi"), test, EdgeKind::executable);
  std::ostringstream out;
  graph_to_dot(Graph::from_image(builder.finish()).value(), out);
  BOOST_TEST(out.str() == "digraph winnow {\n"
                          "  rankdir=LR;\n"
                          "  n0 [label=\"build/hi\", shape=note];\n"
                          "  n1 [label=\"say \\\"hi\\\\\\\"\", shape=box];\n"
                          "  n0 -> n1 [label=\"executable\"];\n"
                          "}\n");
}

BOOST_AUTO_TEST_SUITE_END()
