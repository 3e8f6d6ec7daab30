// Selections for terminals and for scripts.
#include "analyzer/report/selection_text.hpp"
#include "tests/unit/analyzer/report/sample_graph.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::report;

BOOST_AUTO_TEST_SUITE(a_selection_in_words)

BOOST_AUTO_TEST_CASE(groups_tests_by_what_changed_and_says_each_chain_once)
{
  const Graph graph = sample::graph();
  BOOST_TEST(selection_to_text(graph, sample::selection(graph), Color::never) ==
             "3 of 4 tests affected by 1 changed file since main\n"
             "\n"
             "net/url.h (modified)\n"
             "  included by net/client.cpp, compiled into libnet.a, linked into http_test\n"
             "    net/http  url/http\n"
             "\n"
             "needed by affected tests\n"
             "  sets up a fixture of test net/http\n"
             "    net/setup\n");
}

BOOST_AUTO_TEST_CASE(names_the_test_where_a_file_is_its_direct_input)
{
  const Graph graph = sample::graph();
  const TestId alone = sample::test(graph, "", "alone");
  Selection selection;
  selection.change = {std::string(40, 'a'), "work tree", {{"data/alone.txt"}}};
  selection.tests = {{alone,
                      {{ReasonKind::changed_file, "data/alone.txt",
                        sample::chain(graph, "data/alone.txt", alone)}}}};
  BOOST_TEST(selection_to_text(graph, selection, Color::never) ==
             "1 of 4 tests affected by 1 changed file since aaaaaaaaaaaa\n"
             "\n"
             "data/alone.txt (modified)\n"
             "  a declared input of the test\n"
             "    alone\n");
}

BOOST_AUTO_TEST_CASE(says_that_nothing_changed)
{
  const Graph graph = sample::graph();
  BOOST_TEST(selection_to_text(graph, {}, Color::never) ==
             "0 of 4 tests affected: no file changed\n");
}

BOOST_AUTO_TEST_CASE(lists_tests_that_the_graph_does_not_know)
{
  const Graph graph = sample::graph();
  Selection selection;
  selection.new_tests = {{"net", "fresh"}, {"new", "alone"}};
  BOOST_TEST(selection_to_text(graph, selection, Color::never) ==
             "2 of 6 tests affected: no file changed\n"
             "\n"
             "new tests\n"
             "    net/fresh  new/alone\n");
  BOOST_TEST(selection_to_names(graph, selection, Separator::line) == "fresh\nnew/alone\n");
}

BOOST_AUTO_TEST_CASE(gives_the_cause_of_a_fallback_instead_of_every_test)
{
  const Graph graph = sample::graph();
  Selection selection;
  selection.change.files.resize(12);
  selection.fallback = Fallback{FallbackCause::unknown_file, std::vector<std::string>(12, "x.bin")};
  const std::string text = selection_to_text(graph, selection, Color::never);
  BOOST_TEST(text.find("every test counts as affected: a file changed that the graph knows "
                       "nothing about\n  x.bin\n") != std::string::npos);
  BOOST_TEST(text.ends_with("  x.bin\n  and 2 more\n"));
  BOOST_TEST(text.find("net/http") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_coloured_only_when_asked)
{
  const Graph graph = sample::graph();
  const Selection selection = sample::selection(graph);
  BOOST_TEST(selection_to_text(graph, selection, Color::never).find('\x1b') == std::string::npos);
  BOOST_TEST(selection_to_text(graph, selection, Color::always).starts_with("\x1b[1m3 of 4"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_selection_for_scripts)

BOOST_AUTO_TEST_CASE(names_the_directory_only_where_a_name_repeats)
{
  const Graph graph = sample::graph();
  const Selection selection = sample::selection(graph);
  BOOST_TEST(selection_to_names(graph, selection, Separator::line) ==
             "net/http\nsetup\nurl/http\n");
  BOOST_TEST(selection_to_names(graph, selection, Separator::nul) ==
             std::string("net/http\0setup\0url/http\0", 24));
}

BOOST_AUTO_TEST_CASE(names_repeat_even_if_only_one_of_them_is_selected)
{
  const Graph graph = sample::graph();
  Selection selection = sample::selection(graph);
  selection.tests.resize(1);
  BOOST_TEST(selection_to_names(graph, selection, Separator::line) == "net/http\n");
}

BOOST_AUTO_TEST_CASE(lists_the_targets_to_build)
{
  const Graph graph = sample::graph();
  BOOST_TEST(selection_to_targets(graph, sample::selection(graph), Separator::line) ==
             "http_test\n");
}

BOOST_AUTO_TEST_SUITE_END()
