// What a mention adds to a selection, and what it leaves as it is.
#include "analyzer/select/select_affected.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;

namespace {

/// A tool that has not told its inputs yet is given gen/schema.idl, which has two names in it.
constexpr std::string_view project = R"(
  custom @build/schema.h : gen/schema.idl
  input @build/schema.h mentioned gen/limits.dat data/limits.dat
  compile @build/schema.o : schema.cpp @build/schema.h
  link @build/schema : @build/schema.o
  test schema in tests executable @build/schema
  test other in gen argument gen/other.sh
)";

std::string selected(std::string_view file, const SelectionRules& rules = {})
{
  const Graph graph = graph_from(project);
  const Selection selection = select_affected(graph, change_of({file}), rules);
  std::string names = selection.fallback ? "fallback" : "";
  for (const SelectedTest& test : selection.tests) {
    names += (names.empty() ? "" : " ") + graph.key(test.test).display();
  }
  return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_mentioned_file)

BOOST_AUTO_TEST_CASE(selects_what_its_mention_leads_to_and_whoever_else_may_read_it)
{
  BOOST_TEST(selected("gen/limits.dat") == "other schema");
  BOOST_TEST(selected("-gen/limits.dat") == "other schema");
}

BOOST_AUTO_TEST_CASE(is_no_fallback_where_nobody_else_is_near)
{
  BOOST_TEST(selected("data/limits.dat") == "schema");
  BOOST_TEST(selected("data/others.dat") == "fallback other schema");
}

BOOST_AUTO_TEST_CASE(is_nothing_where_a_rule_says_so)
{
  const Graph graph =
      graph_from(std::string(project) +
                 "\n  input @build/schema.h mentioned gen/notes.md\n"
                 "  test third in gen argument gen/x.sh mentioned_in_script gen/notes.md\n");
  const Selection selection = select_affected(graph, change_of({"gen/notes.md"}), {});
  BOOST_TEST(selection.tests.empty());
  BOOST_TEST(selection.ignored.size() == 1U);
}

BOOST_AUTO_TEST_CASE(is_not_known_to_be_read_at_base)
{
  const Graph base = graph_from(project);
  SelectionRules rules;
  rules.base.graph = &base;
  BOOST_TEST(selected("-gen/limits.dat", rules) == "other schema");
}

BOOST_AUTO_TEST_SUITE_END()
