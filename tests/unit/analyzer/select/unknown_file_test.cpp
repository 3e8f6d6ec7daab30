// Tests what files select that no edge leads from.
#include "analyzer/select/select_affected.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;

namespace {

/// All of whose includes are known.
constexpr std::string_view project = R"(
  compile @build/a.o : src/a.cpp include/a.h
  link @build/a : @build/a.o
  compile @build/b.o : src/b.cpp
  link @build/b : @build/b.o
  search @build/a.o 0 include
  search @build/b.o 0 include
  include src/a.cpp quoted a.h
  test a in tests executable @build/a below_argument data/a.csv
  test b in tests executable @build/b
  test c in others executable @build/c
)";

/// "name:reason name:reason …", "fallback(path)" in front where there is one.
std::string selected(std::string_view text, const Change& change, const SelectionRules& rules = {})
{
  const Graph graph = graph_from(text);
  const Selection selection = select_affected(graph, change, rules);
  if (selection.fallback) {
    return "fallback(" + selection.fallback->paths.at(0) + ")";
  }
  std::string names;
  for (const SelectedTest& test : selection.tests) {
    names += names.empty() ? "" : " ";
    names += graph.key(test.test).display() + ":" + std::string(name_of(test.reasons[0].kind));
  }
  return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(unknown_files)

BOOST_AUTO_TEST_CASE(a_header_that_no_known_include_names_selects_nothing)
{
  const Change change = change_of({"include/b.h", "+include/c.h", "-include/d.hpp"});
  BOOST_TEST(selected(project, change) == "");
  BOOST_TEST(selected("test t in tests executable @build/t", change) == "fallback(include/b.h)");
}

BOOST_AUTO_TEST_CASE(a_header_beside_tests_may_be_data_once_it_is_edited)
{
  BOOST_TEST(selected(project, change_of({"tests/b.h"})) == "a:same_part b:same_part");
}

BOOST_AUTO_TEST_CASE(what_may_as_well_be_no_header_is_data)
{
  for (const char* file : {"+tests/plain", "-tests/plain", "tests/plain", "+tests/list.tbl"}) {
    BOOST_TEST(selected(project, change_of({file})).ends_with("b:same_part"));
  }
  BOOST_TEST(selected(project, change_of({"+data/plain"})) == "a:given_directory");
  BOOST_TEST(selected(project, change_of({"+misc/plain"})) == "fallback(misc/plain)");
}

BOOST_AUTO_TEST_CASE(in_a_submodule_selects_what_uses_that)
{
  Change change = change_of({"src/scripts/check.dat"});
  change.submodules = {"src"};
  BOOST_TEST(selected(project, change) == "a:same_submodule b:same_submodule");
}

BOOST_AUTO_TEST_CASE(that_is_harmless_in_a_submodule_is_so_as_everywhere)
{
  Change change = change_of({"src/README.md"});
  change.submodules = {"src"};
  BOOST_TEST(selected(project, change) == "");
}

BOOST_AUTO_TEST_CASE(in_a_submodule_that_nobody_uses_selects_everything)
{
  Change change = change_of({"docs/strange.dat"});
  change.submodules = {"docs"};
  BOOST_TEST(selected(project, change) == "fallback(docs/strange.dat)");
}

BOOST_AUTO_TEST_CASE(that_came_since_the_recording_only_is_no_change_of_this_one)
{
  const Change asked = change_of({"src/a.cpp"});
  SelectionRules rules;
  rules.asked = &asked;
  BOOST_TEST(selected(project, change_of({"src/a.cpp", "+misc/x.dat", "+tests/x.csv"}), rules) ==
             "a:changed_file");
  BOOST_TEST(selected(project, change_of({"src/a.cpp", "+data/x.csv", "src/b.cpp"}), rules) ==
             "a:changed_file b:changed_file");
}

BOOST_AUTO_TEST_SUITE_END()
