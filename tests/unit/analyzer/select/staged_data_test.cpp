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

/// net/table.dat is copied for nobody known, data/top.dat from where no test is; the other copies
/// have a user, or are made on request only.
constexpr std::string_view project = R"(
  custom @build/net/table.dat : net/table.dat
  phony @build/net/copy_table : @build/net/table.dat
  custom @build/net/check : @build/net/copy_table
  custom @build/out/top.dat : data/top.dat
  custom @build/net/used.dat : net/used.dat
  custom @build/net/manual.dat : net/manual.dat
  custom @build/net/both.h : net/both.dat
  output @build/net/both.h @build/net/both.stamp
  custom @build/net/stamp : net/url.cpp net/README.md
  default @build/net/table.dat @build/out/top.dat @build/net/used.dat @build/net/both.h
  default @build/net/stamp
  compile @build/url.o : net/url.cpp
  link @build/url : @build/url.o @build/net/both.h
  test net/url in net executable @build/url
  test net/closed in net executable @build/url declared_input net/closed.dat
  test db/given in db argument @build/net/used.dat below_argument @build/net/table.dat
)";

/// What is copied has users, but no test is behind them.
constexpr std::string_view in_vain = R"(
  custom @build/net/linked.dat : data/linked.dat
  compile @build/app.o : app/app.cpp
  link @build/app : @build/app.o
  input @build/app ordered_before @build/net/linked.dat
  input @build/app named_in_command app/post.dat
  custom @build/net/first.dat : data/first.dat
  custom @build/app/second : @build/net/first.dat
  custom @build/net/split.dat : data/split.dat
  output @build/net/split.dat @build/db/split.dat
  custom @build/net/code.cpp : net/code.cpp
  custom @build/net/directory : data/deep/a.dat
  input @build/net/directory named_in_command data/deep/b.dat
  default @build/net/linked.dat @build/net/first.dat @build/app/second @build/net/split.dat
  default @build/net/code.cpp @build/net/directory
  compile @build/url.o : net/url.cpp
  link @build/url : @build/url.o
  test net/url in net executable @build/url
  test db/schema in db executable @build/url
  test app/app in app executable @build/url
  test top in . executable @build/url declared_input top.dat
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

std::string selected(std::initializer_list<std::string_view> files, const Settings* settings = {},
                     std::string_view of = project)
{
  const Graph graph = graph_from(of);
  SelectionRules rules;
  rules.settings = settings;
  return names_of(graph, select_affected(graph, change_of(files), rules));
}

/// What a change of `file` selects where `base` was configured.
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

BOOST_AUTO_TEST_CASE(reaches_the_tests_behind_a_use_that_leads_to_none)
{
  const auto in = [](std::string_view file) { return selected({file}, nullptr, in_vain); };
  BOOST_TEST(in("data/linked.dat") == "net/url(staged_files)");
  BOOST_TEST(in("data/first.dat") == "app/app(staged_files) net/url(staged_files)");
  BOOST_TEST(in("app/post.dat") == "app/app(staged_files)");
  BOOST_TEST(in("data/split.dat") == "db/schema(staged_files) net/url(staged_files)");
}

BOOST_AUTO_TEST_CASE(may_be_called_like_code_where_a_copy_is)
{
  BOOST_TEST(selected({"net/code.cpp"}, nullptr, in_vain) == "net/url(staged_files)");
}

BOOST_AUTO_TEST_CASE(comes_along_with_what_lies_beside_it)
{
  BOOST_TEST(selected({"data/deep/b.dat"}, nullptr, in_vain) == "net/url(staged_files)");
  BOOST_TEST(selected({"+data/deep/c.dat"}, nullptr, in_vain) == "top net/url(staged_files)");
  BOOST_TEST(selected({"+data/deep/er/c.dat"}, nullptr, in_vain) == "top net/url(staged_files)");
}

BOOST_AUTO_TEST_CASE(reaches_the_part_of_each_changed_file_that_it_is_made_of)
{
  constexpr std::string_view joined = R"(
    custom @build/out/all.dat : a/x.dat b/y.dat
    default @build/out/all.dat
    compile @build/t.o : t.cpp
    link @build/t : @build/t.o
    test a/t in a executable @build/t
    test b/t in b executable @build/t
  )";
  BOOST_TEST(selected({"a/x.dat"}, nullptr, joined) == "a/t(staged_files)");
  BOOST_TEST(selected({"a/x.dat", "b/y.dat"}, nullptr, joined) ==
             "a/t(staged_files) b/t(staged_files)");
}

BOOST_AUTO_TEST_CASE(of_prose_counts_where_a_rule_says_so)
{
  Settings settings;
  settings.rules.push_back(
      {"winnow.json:1", {*PathPattern::compile("*.md")}, ProjectRule::Effect::judge, {}});
  constexpr std::string_view prose = R"(
    custom @build/a/x.md : a/x.md
    default @build/a/x.md
    compile @build/t.o : t.cpp
    link @build/t : @build/t.o
    test a/t in a executable @build/t
  )";
  BOOST_TEST(selected({"a/x.md"}, nullptr, prose) == "");
  BOOST_TEST(selected({"a/x.md"}, &settings, prose) == "a/t(staged_files)");
}

BOOST_AUTO_TEST_CASE(is_ignored_where_a_rule_says_so)
{
  Settings settings;
  settings.rules.push_back(
      {"winnow.json:1", {*PathPattern::compile("top.dat")}, ProjectRule::Effect::ignore, {}});
  BOOST_TEST(selected({"data/top.dat"}, &settings) == "");
}

BOOST_AUTO_TEST_CASE(by_configuring_is_found_by_its_name_where_one_side_does_not_have_it)
{
  constexpr std::string_view without = R"(
    configure CMakeLists.txt net/CMakeLists.txt
    link @build/url : url.o
    test net/url in net executable @build/url
    test db/schema in db executable @build/url
  )";
  const std::string with = std::string(configured) + "content @build/net/table.dat 1\n";
  BOOST_TEST(selected_since(without, with, "net/CMakeLists.txt") == "net/url(staged_files)");
  BOOST_TEST(selected_since(with, without, "net/CMakeLists.txt") == "net/url(staged_files)");
  BOOST_TEST(selected_since(configured, configured, "net/CMakeLists.txt") == "");
}

BOOST_AUTO_TEST_CASE(by_configuring_is_found_by_what_became_of_it)
{
  const std::string base = std::string(configured) + "content @build/net/other.dat 1\n";
  const std::string head = std::string(configured) + "content @build/net/other.dat 2\n";
  BOOST_TEST(selected_since(base, head, "net/CMakeLists.txt") == "net/url(staged_files)");
  BOOST_TEST(selected_since(base, base, "net/CMakeLists.txt") == "");
  BOOST_TEST(selected_since(base, head, "net/url.cpp") == "net/url(staged_files)"); // -D
}

BOOST_AUTO_TEST_CASE(by_configuring_may_only_be_the_commit)
{
  const std::string asks = "reads commit 1 HEAD\n" + std::string(configured);
  const std::string base = asks + "content @build/net/version.dat 1\n";
  const std::string head = asks + "content @build/net/version.dat 2\n";
  BOOST_TEST(selected_since(base, head, "db/README.md") == "");
}

BOOST_AUTO_TEST_CASE(by_a_command_that_may_only_name_the_commit_is_none)
{
  const std::string asks = "custom @build/net/t : net/t.dat\ndefault @build/net/t\n"
                           "reads commit 1 HEAD\n" +
                           std::string(configured);
  BOOST_TEST(selected_since(asks + "command @build/net/t one\n",
                            asks + "command @build/net/t two\n", "db/README.md") == "");
  BOOST_TEST(selected_since(asks + "command @build/net/t one\n",
                            asks + "command @build/net/t two\n",
                            "net/CMakeLists.txt") == "net/url(staged_files)");
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
