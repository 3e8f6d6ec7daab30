// Why a test is affected, and what a file can affect.
#include "analyzer/report/why_text.hpp"
#include "tests/unit/analyzer/report/sample_graph.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::report;

BOOST_AUTO_TEST_SUITE(why_a_test_is_affected)

BOOST_AUTO_TEST_CASE(gives_every_reason_as_a_chain)
{
  const Graph graph = sample::graph();
  Selection selection = sample::selection(graph);
  selection.tests[0].reasons.push_back({ReasonKind::not_green, "", {}});
  BOOST_TEST(why_selected_text(graph, selection, selection.tests[0], Color::never) ==
             "net/http is affected\n"
             "  net/url.h is included by net/client.cpp, compiled into libnet.a, linked into "
             "http_test, run by test net/http\n"
             "  the test failed and did not pass since\n");
}

BOOST_AUTO_TEST_CASE(tells_what_a_cmake_edit_changed_of_the_build)
{
  const Graph graph = sample::graph();
  const TestId http = sample::test(graph, "net", "http");
  const auto step_of = [&](const char* output) {
    return graph.dependencies(graph.node(*graph.find_file(output)))[0].node;
  };
  const auto why = [&](ReasonKind kind, NodeId from, const char* file, const char* defined_at) {
    const std::vector<NodeId> seeds{from};
    const auto chain = reach(graph, seeds, Direction::dependents).chain_to(graph.node(http));
    Selection selection;
    selection.tests = {{http, {{kind, file, chain, defined_at}}}};
    const std::string text = why_selected_text(graph, selection, selection.tests[0], Color::never);
    return text.substr(text.find('\n') + 3);
  };
  BOOST_TEST(
      why(ReasonKind::changed_command, step_of("@build/net/client.o"), "net/CMakeLists.txt", "") ==
      "net/CMakeLists.txt changed how net/client.cpp is compiled, compiled into libnet.a, "
      "linked into http_test, run by test net/http\n");
  BOOST_TEST(why(ReasonKind::changed_inputs, step_of("@build/net/libnet.a"), "CMakeLists.txt",
                 "") == "CMakeLists.txt changed what goes into libnet.a, linked into http_test, "
                        "run by test net/http\n");
  BOOST_TEST(why(ReasonKind::changed_command, step_of("@build/net/http_test"), "", "") ==
             "a setting that is in no file (-D, or what CMake found or fetched) changed how "
             "http_test is made, run by test net/http\n");
  BOOST_TEST(why(ReasonKind::changed_test, graph.node(http), "net/CMakeLists.txt",
                 "net/CMakeLists.txt:3") == "net/CMakeLists.txt:3 changed the command or a "
                                            "property of test net/http\n");
  BOOST_TEST(why(ReasonKind::new_test, graph.node(http), "net/CMakeLists.txt",
                 "net/CMakeLists.txt:3") == "net/CMakeLists.txt:3 adds the test\n");
}

BOOST_AUTO_TEST_CASE(gives_the_cause_of_a_fallback)
{
  const Graph graph = sample::graph();
  const TestId alone = sample::test(graph, "", "alone");
  Selection selection;
  selection.fallback =
      Fallback{FallbackCause::cmake_input_changed, {"CMakeLists.txt"}, "base is not at hand"};
  selection.tests = {{alone, {{ReasonKind::fallback, "", {}}}}};
  BOOST_TEST(why_selected_text(graph, selection, selection.tests[0], Color::never) ==
             "alone is affected\n"
             "every test counts as affected: a file that CMake reads while configuring changed\n"
             "  base is not at hand\n"
             "  CMakeLists.txt\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(what_a_file_can_affect)

BOOST_AUTO_TEST_CASE(lists_tests_under_the_chains_that_lead_to_them)
{
  const Graph graph = sample::graph();
  BOOST_TEST(why_file_text(graph, graph.find_file("net/setup.sh").value(), Color::never) ==
             "net/setup.sh can affect 2 of 4 tests\n"
             "  an argument of the test\n"
             "    net/setup\n"
             "  an argument of test net/setup, which sets up a fixture of the test\n"
             "    net/http\n");
}

BOOST_AUTO_TEST_SUITE_END()
