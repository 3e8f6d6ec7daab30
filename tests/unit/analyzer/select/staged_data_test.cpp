// Data that only gets a copy in the build tree, and who may read that.
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

/// net/table.dat is copied for nobody known, top.dat from where no test is; the other copies have a
/// user, or are made on request only.
constexpr std::string_view project = R"(
  custom @build/net/table.dat : net/table.dat
  phony @build/net/copy_table : @build/net/table.dat
  custom @build/net/check : @build/net/copy_table
  custom @build/out/top.dat : data/top.dat
  custom @build/net/used.dat : net/used.dat
  custom @build/net/manual.dat : net/manual.dat
  custom @build/net/both.h : net/both.dat
  custom @build/net/stamp : net/url.cpp net/README.md
  default @build/net/table.dat @build/out/top.dat @build/net/used.dat @build/net/both.h
  default @build/net/stamp
  compile @build/url.o : net/url.cpp
  link @build/url : @build/url.o @build/net/both.h
  test net/url in net executable @build/url
  test net/closed in net executable @build/url declared_input net/closed.dat
  test db/given in db argument @build/net/used.dat below_argument @build/net/table.dat
)";

std::string names_of(const Graph& graph, const Selection& selection)
{
  std::string names = selection.fallback ? "fallback" : "";
  for (const SelectedTest& test : selection.tests) {
    names += (names.empty() ? "" : " ") + graph.key(test.test).display();
    names += test.reasons.front().rule.empty() ? "" : "(" + test.reasons.front().rule + ")";
  }
  return names;
}

std::string selected(std::initializer_list<std::string_view> files, const Settings* settings = {})
{
  const Graph graph = graph_from(project);
  SelectionRules rules;
  rules.settings = settings;
  return names_of(graph, select_affected(graph, change_of(files), rules));
}

/// What is selected where `base` was configured, with `more` of what head's graph has.
std::string selected_since(std::string_view base, std::string_view head, std::string_view file)
{
  const Graph before = graph_from(base);
  const Graph graph = graph_from(head);
  SelectionRules rules;
  rules.base.graph = &before;
  return names_of(graph, select_affected(graph, change_of({file}), rules));
}

constexpr std::string_view configured = R"(
  configure CMakeLists.txt net/CMakeLists.txt net/table.dat.in
  link @build/url : url.o
  test net/url in net executable @build/url
  test db/schema in db executable @build/url
)";

} // namespace

BOOST_AUTO_TEST_SUITE(staged_data)

BOOST_AUTO_TEST_CASE(selects_the_opaque_tests_of_its_part)
{
  // A test given the directory around the copy is told of it by an edge as well.
  BOOST_TEST(selected({"net/table.dat"}) == "db/given net/url(staged_files)");
}

BOOST_AUTO_TEST_CASE(selects_all_opaque_tests_where_no_part_is_near)
{
  BOOST_TEST(selected({"data/top.dat"}) == "db/given(staged_files) net/url(staged_files)");
}

BOOST_AUTO_TEST_CASE(with_a_known_user_selects_just_that)
{
  BOOST_TEST(selected({"net/used.dat"}) == "db/given");
  BOOST_TEST(selected({"net/both.dat"}) == "net/closed net/url");
}

BOOST_AUTO_TEST_CASE(made_on_request_only_selects_nothing)
{
  BOOST_TEST(selected({"net/manual.dat"}) == "");
}

BOOST_AUTO_TEST_CASE(is_no_code_and_no_prose)
{
  BOOST_TEST(selected({"net/README.md"}) == "");
  BOOST_TEST(selected({"net/url.cpp"}) == "net/closed net/url");
}

BOOST_AUTO_TEST_CASE(is_found_beside_code_that_the_same_command_reads)
{
  BOOST_TEST(selected({"net/url.cpp", "net/table.dat"}) == "db/given net/closed net/url");
}

BOOST_AUTO_TEST_CASE(may_select_nothing_or_everything)
{
  Settings settings;
  settings.shipped.set(ShippedRule::staged_files, ShippedEffect::nothing);
  BOOST_TEST(selected({"data/top.dat"}, &settings) == "");
  settings.shipped.set(ShippedRule::staged_files, ShippedEffect::everything);
  BOOST_TEST(selected({"data/top.dat"}, &settings) ==
             "fallback db/given(staged_files) net/closed(staged_files) net/url(staged_files)");
}

BOOST_AUTO_TEST_CASE(by_configuring_is_found_by_its_name)
{
  const std::string copy = std::string(configured) + "content @build/net/table.dat 1\n";
  BOOST_TEST(selected_since(copy, copy, "net/table.dat.in") == "net/url(staged_files)");
  BOOST_TEST(selected_since(configured, configured, "net/table.dat.in") == "");
}

BOOST_AUTO_TEST_CASE(by_configuring_is_found_by_what_became_of_it)
{
  const std::string base = std::string(configured) + "content @build/net/other.dat 1\n";
  const std::string head = std::string(configured) + "content @build/net/other.dat 2\n";
  BOOST_TEST(selected_since(base, head, "net/CMakeLists.txt") == "net/url(staged_files)");
  BOOST_TEST(selected_since(base, base, "net/CMakeLists.txt") == "");
}

BOOST_AUTO_TEST_CASE(by_another_command_or_by_none_is_a_change)
{
  const std::string one = R"(
    custom @build/net/t : net/t.dat
    default @build/net/t
    command @build/net/t copy
  )" + std::string(configured);
  const std::string other = R"(
    custom @build/net/t : net/t.dat
    default @build/net/t
    command @build/net/t move
  )" + std::string(configured);
  BOOST_TEST(selected_since(one, other, "net/CMakeLists.txt") == "net/url(staged_files)");
  BOOST_TEST(selected_since(one, configured, "net/CMakeLists.txt") == "net/url(staged_files)");
}

BOOST_AUTO_TEST_SUITE_END()
