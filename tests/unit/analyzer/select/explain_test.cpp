// Tests explanations of files, and names of tests.
#include "analyzer/select/explain.hpp"
#include "analyzer/select/select_affected.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;
using winnow::tests::key_from;

namespace {

constexpr std::string_view project = R"(
  compile @build/a.o : a.cpp a.h /usr/include/stdio.h
  link @build/a : @build/a.o
  target a EXECUTABLE . @build/a @build/a.o
  test x/a in x executable @build/a argument x/a.txt
  test y/a in y argument y/a.sh
  test mystery in y
)";

TestId test_of(const Graph& graph, std::string_view display)
{
  return graph.find_test(key_from(display)).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(named_tests)

BOOST_AUTO_TEST_CASE(a_display_name_means_one_test_and_a_bare_name_all_of_it)
{
  const Graph graph = graph_from(project);
  BOOST_TEST(tests_called(graph, "x/a").size() == 1U);
  BOOST_TEST(tests_called(graph, "a").size() == 2U);
  BOOST_TEST(tests_called(graph, "b").empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(explained_files)

BOOST_AUTO_TEST_CASE(a_known_file_has_the_tests_it_reaches_and_no_others)
{
  const Graph graph = graph_from(project);
  const FileExplanation explanation = explain_file(graph, "a.h");
  BOOST_TEST((explanation.standing == FileStanding::known));
  BOOST_REQUIRE_EQUAL(explanation.selection.tests.size(), 1U);
  BOOST_TEST((explanation.selection.tests[0].test == test_of(graph, "x/a")));
}

BOOST_AUTO_TEST_CASE(an_ignored_file_has_its_rule)
{
  const FileExplanation explanation = explain_file(graph_from(project), "docs/guide.md");
  BOOST_TEST((explanation.standing == FileStanding::ignored));
  BOOST_TEST(explanation.ignore_rule == "harmless_files *.md");
}

BOOST_AUTO_TEST_CASE(an_unknown_file_may_be_everything)
{
  const FileExplanation explanation = explain_file(graph_from(project), "tools/table.dat");
  BOOST_TEST((explanation.standing == FileStanding::unknown));
  BOOST_TEST(explanation.selection.fallback.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
