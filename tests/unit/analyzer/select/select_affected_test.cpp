// Tests the selection: a graph and a change in, the names of the selected tests out.
#include "analyzer/select/select_affected.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;
using winnow::tests::key_from;

namespace {

constexpr std::string_view net_project = R"(
  compile @build/url.o : net/url.cpp net/url.h base/text.h
  compile @build/text.o : base/text.cpp base/text.h
  archive @build/libbase.a : @build/text.o
  archive @build/libnet.a : @build/url.o
  compile @build/url_test.o : net/tests/url_test.cpp net/url.h
  link @build/bin/url_test : @build/url_test.o @build/libnet.a @build/libbase.a
  compile @build/text_test.o : base/tests/text_test.cpp base/text.h
  link @build/bin/text_test : @build/text_test.o @build/libbase.a
  configure CMakeLists.txt net/CMakeLists.txt
  target url_test EXECUTABLE net/tests @build/bin/url_test @build/url_test.o
  target text_test EXECUTABLE base/tests @build/bin/text_test @build/text_test.o
  test net/url in net/tests executable @build/bin/url_test
  test base/text in base/tests executable @build/bin/text_test
  test base/script in base/tests argument base/tests/run.py declared_input base/tests/run.expected
)";

/// "name:reason name:reason …", a fallback as "fallback(cause path)" in front.
std::string selected(std::string_view text, std::initializer_list<std::string_view> files,
                     const SelectionRules& rules = {})
{
  const Graph graph = graph_from(text);
  const Selection selection = select_affected(graph, change_of(files), rules);
  std::string names;
  if (selection.fallback) {
    names = "fallback(" + std::string(name_of(selection.fallback->cause).name);
    for (const std::string& path : selection.fallback->paths) {
      names += " " + path;
    }
    names += ")";
  }
  for (const SelectedTest& test : selection.tests) {
    names += names.empty() ? "" : " ";
    names += graph.key(test.test).display() + ":" + std::string(name_of(test.reasons[0].kind));
  }
  return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(edges)

BOOST_AUTO_TEST_CASE(a_source_selects_what_is_linked_from_it)
{
  BOOST_TEST(selected(net_project, {"net/url.cpp"}) == "net/url:changed_file");
}

BOOST_AUTO_TEST_CASE(a_header_selects_every_reader)
{
  BOOST_TEST(selected(net_project, {"base/text.h"}) ==
             "base/text:changed_file net/url:changed_file");
}

BOOST_AUTO_TEST_CASE(no_change_selects_nothing)
{
  BOOST_TEST(selected(net_project, {}) == "");
}

BOOST_AUTO_TEST_CASE(the_old_name_of_a_renamed_file_counts)
{
  BOOST_TEST(selected(net_project, {"net/tests/url_test.cpp>net/tests/README.md"}) ==
             "net/url:changed_file");
}

BOOST_AUTO_TEST_CASE(a_file_renamed_beside_others_is_read_as_before)
{
  const std::string project = std::string(net_project) + R"(
  custom @build/url.tab : tables/url.list tables/make.sh
  compile @build/tab.o : @build/url.tab
  archive @build/libtab.a : @build/tab.o
  link @build/bin/tab_test : @build/libtab.a
  test net/tab in net/tests executable @build/bin/tab_test
)";
  BOOST_TEST(selected(project, {"tables/url.list=>tables/more.list"}) == "net/tab:changed_file");
  BOOST_TEST(selected(project, {"tables/less.list=>tables/url.list"}) == "net/tab:changed_file");
  // Another one is looked for by its name, and elsewhere others may look.
  for (const char* renamed :
       {"tables/url.list>tables/more.list", "tables/url.list=>tables/url.table",
        "tables/url.list=>other/url.list", "tables/some.list=>tables/more.list",
        "tables/make.sh=>tables/list.sh", "net/url.cpp=>net/uri.cpp"}) {
    BOOST_TEST(selected(project, {renamed}).starts_with("fallback(unknown_file"));
  }
}

BOOST_AUTO_TEST_CASE(a_moved_submodule_changes_all_below_it)
{
  BOOST_TEST(selected(net_project, {"base"}) == "base/script:changed_file base/text:changed_file "
                                                "net/url:changed_file");
}

BOOST_AUTO_TEST_CASE(the_chain_leads_from_the_file_to_the_test)
{
  const Graph graph = graph_from(net_project);
  const Selection selection = select_affected(graph, change_of({"net/url.h"}), {});
  BOOST_REQUIRE_EQUAL(selection.tests.size(), 1U);
  const Reason& reason = selection.tests[0].reasons[0];
  BOOST_TEST(reason.file == "net/url.h");
  BOOST_REQUIRE_GE(reason.chain.size(), 2U);
  BOOST_TEST(graph.path(graph.file(reason.chain.front().node)) == "net/url.h");
  BOOST_TEST((reason.chain.back().node == graph.node(selection.tests[0].test)));
}

BOOST_AUTO_TEST_CASE(the_targets_of_the_selected_tests_are_named)
{
  const Graph graph = graph_from(net_project);
  const Selection selection = select_affected(graph, change_of({"net/url.cpp"}), {});
  BOOST_REQUIRE_EQUAL(selection.targets.size(), 1U);
  BOOST_TEST(graph.target_name(selection.targets[0]) == "url_test");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(cmake_inputs)

BOOST_AUTO_TEST_CASE(a_cmake_file_selects_every_test_and_is_named)
{
  BOOST_TEST(selected(net_project, {"net/CMakeLists.txt"}) ==
             "fallback(cmake_input_changed net/CMakeLists.txt) base/script:fallback "
             "base/text:fallback net/url:fallback");
}

BOOST_AUTO_TEST_CASE(tests_with_reasons_of_their_own_keep_them_in_a_fallback)
{
  BOOST_TEST(selected(net_project, {"CMakeLists.txt", "net/url.cpp"}) ==
             "fallback(cmake_input_changed CMakeLists.txt) base/script:fallback "
             "base/text:fallback net/url:changed_file");
}

BOOST_AUTO_TEST_CASE(a_new_cmake_file_selects_every_test)
{
  BOOST_TEST(selected(net_project, {"+net/tests/Extra.cmake"})
                 .starts_with("fallback(unknown_file net/tests/Extra.cmake)"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(unknown_headers)

constexpr std::string_view unbuilt = R"(
  compile? @build/a.o : a.cpp
  link @build/a : @build/a.o
  compile @build/b.o : b.cpp b.h
  link @build/b : @build/b.o
  test a in . executable @build/a
  test b in . executable @build/b
)";

BOOST_AUTO_TEST_CASE(a_header_selects_steps_whose_headers_are_not_recorded)
{
  BOOST_TEST(selected(unbuilt, {"b.h"}) == "a:unknown_headers b:changed_file");
}

BOOST_AUTO_TEST_CASE(a_file_without_extension_may_be_a_header)
{
  const std::string names = selected(unbuilt, {"include/algorithm"});
  BOOST_TEST(names == "a:unknown_headers b:same_part");
}

BOOST_AUTO_TEST_CASE(a_script_is_no_header)
{
  BOOST_TEST(selected("compile? @build/a.o : a.cpp\n link @build/a : @build/a.o\n"
                      "test a in a executable @build/a\n test b in b argument b/run.py",
                      {"b/run.py"}) == "b:changed_file");
}

BOOST_AUTO_TEST_CASE(a_source_of_another_step_is_no_header)
{
  BOOST_TEST(selected(unbuilt, {"b.cpp"}) == "b:changed_file");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(a_header_that_appears_selects_the_readers_of_its_name)
{
  BOOST_TEST(selected(net_project, {"+first/url.h"}) == "net/url:shadowed_header");
}

BOOST_AUTO_TEST_CASE(a_header_that_vanishes_selects_the_readers_of_its_name)
{
  BOOST_TEST(selected(net_project, {"-first/url.h"}) == "net/url:shadowed_header");
}

BOOST_AUTO_TEST_CASE(a_header_of_a_name_nobody_reads_selects_every_test)
{
  BOOST_TEST(selected(net_project, {"+net/new.h"}).starts_with("fallback(unknown_file net/new.h)"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(files_without_edges)

BOOST_AUTO_TEST_CASE(prose_selects_nothing)
{
  BOOST_TEST(selected(net_project, {"net/README.md", ".github/workflows/ci.yml", "LICENSE"}) == "");
}

BOOST_AUTO_TEST_CASE(no_rule_overrides_an_edge)
{
  BOOST_TEST(selected("test prose in . argument docs/README.md", {"docs/README.md"}) ==
             "prose:changed_file");
}

BOOST_AUTO_TEST_CASE(data_selects_the_opaque_tests_of_its_part)
{
  BOOST_TEST(selected(net_project, {"base/tests/data/day.csv"}) == "base/text:same_part");
}

BOOST_AUTO_TEST_CASE(a_setup_selected_with_its_part_selects_its_users)
{
  constexpr std::string_view project = R"(
    test setup in server executable @build/server
    test client in client executable @build/client declared_input client/a.txt
    needs client fixture_setup setup
  )";
  BOOST_TEST(selected(project, {"server/table.json"}) == "client:same_part setup:same_part");
}

BOOST_AUTO_TEST_CASE(a_declared_program_closes_no_test)
{
  constexpr std::string_view project = R"(
    compile @build/t.o : x/t.cpp
    link @build/t : @build/t.o
    test script in x argument x/run.sh declared_input @build/t
    test closed in x argument x/run.sh declared_input @build/t declared_input x/a.csv
  )";
  BOOST_TEST(selected(project, {"x/b.csv"}) == "script:same_part");
}

BOOST_AUTO_TEST_CASE(data_in_a_closed_part_selects_nothing)
{
  BOOST_TEST(selected("test t in x executable @build/t declared_input x/a.csv", {"x/b.csv"}) == "");
}

BOOST_AUTO_TEST_CASE(a_file_outside_every_part_selects_every_test)
{
  BOOST_TEST(selected(net_project, {"tools/gen.dat"}) ==
             "fallback(unknown_file tools/gen.dat) base/script:fallback base/text:fallback "
             "net/url:fallback");
}

BOOST_AUTO_TEST_CASE(a_new_source_selects_every_test)
{
  BOOST_TEST(selected(net_project, {"+net/tests/new.cpp"})
                 .starts_with("fallback(unknown_file net/tests/new.cpp)"));
}

constexpr std::string_view given_directories = R"(
  test declared in x executable @build/t declared_input data/a.csv
  test given in y executable @build/t below_argument data/b.csv
  test other in z executable @build/t below_argument lists/c.csv below_argument lists/deep/d.csv
  test first in z executable @build/t declared_input lists/c.csv
)";

BOOST_AUTO_TEST_CASE(data_that_appears_selects_the_tests_given_its_directory)
{
  BOOST_TEST(selected(given_directories, {"+data/new.csv"}) ==
             "declared:given_directory given:given_directory");
}

BOOST_AUTO_TEST_CASE(data_that_appears_in_a_new_directory_selects_the_tests_given_all_around_it)
{
  BOOST_TEST(selected(given_directories, {"+lists/new/new.csv"}) ==
             "fallback(unknown_file lists/new/new.csv) declared:fallback first:fallback "
             "given:fallback other:given_directory");
}

BOOST_AUTO_TEST_CASE(code_and_prose_that_appear_are_no_data_unless_a_test_is_given_some)
{
  constexpr std::string_view lone = R"(
    test lone in x executable @build/t below_argument x/data/a.csv
    test code in y executable @build/t below_argument y/a.h
  )";
  BOOST_TEST(selected(lone, {"+docs/new.md"}) == "");
  BOOST_TEST(selected(lone, {"+x/new.csv"}) == "lone:given_directory");
  BOOST_TEST(selected(lone, {"+y/deep/new.h"}).find("code:given_directory") != std::string::npos);
  BOOST_TEST(selected(lone, {"+src/new.hpp"}).find("given_directory") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(data_that_vanishes_selects_the_tests_given_its_directory)
{
  BOOST_TEST(selected(given_directories, {"-lists/deep/gone.txt"}) == "other:given_directory");
}

BOOST_AUTO_TEST_CASE(a_plugin_nobody_links_selects_the_opaque_tests_of_its_part)
{
  constexpr std::string_view project = R"(
    compile @build/p.o : host/plugin/p.cpp
    link @build/p.so : @build/p.o
    phony @build/plugin : @build/p.so
    target plugin MODULE_LIBRARY host/plugin @build/p.so @build/p.o
    test host in host executable @build/host
    test other in other executable @build/other
  )";
  BOOST_TEST(selected(project, {"host/plugin/p.cpp"}) == "host:same_part");
}

BOOST_AUTO_TEST_CASE(a_plugin_around_which_no_test_is_selects_every_opaque_test)
{
  constexpr std::string_view project = R"(
    compile @build/p.o : plugins/p.cpp
    link @build/p.so : @build/p.o
    target plugin MODULE_LIBRARY plugins @build/p.so @build/p.o
    test host in host executable @build/host
    test closed in host executable @build/host declared_input host/data.txt
  )";
  BOOST_TEST(selected(project, {"plugins/p.cpp"}) == "host:same_part");
}

BOOST_AUTO_TEST_CASE(a_plugin_in_a_directory_given_to_a_test_is_still_loaded_by_anyone)
{
  constexpr std::string_view project = R"(
    compile @build/p.o : host/p.cpp
    link @build/p.so : @build/p.o
    target plugin MODULE_LIBRARY host @build/p.so @build/p.o
    test host in host executable @build/host
    test given in other below_argument @build/p.so
  )";
  BOOST_TEST(selected(project, {"host/p.cpp"}) == "given:changed_file host:same_part");
}

BOOST_AUTO_TEST_CASE(a_program_that_reaches_no_test_selects_none)
{
  constexpr std::string_view project = R"(
    compile @build/e.o : examples/e.cpp
    link @build/e : @build/e.o
    target e EXECUTABLE examples @build/e @build/e.o
    test t in . executable @build/t
  )";
  BOOST_TEST(selected(project, {"examples/e.cpp"}) == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(always_selected)

BOOST_AUTO_TEST_CASE(an_unmapped_test_runs_whatever_changed)
{
  BOOST_TEST(selected("test mystery in x", {}) == "mystery:unmapped");
}

BOOST_AUTO_TEST_CASE(a_red_test_stays_until_it_passes)
{
  const std::vector<TestId> red{graph_from(net_project).find_test(key_from("net/url")).value()};
  SelectionRules rules;
  rules.always.red = red;
  BOOST_TEST(selected(net_project, {}, rules) == "net/url:not_green");
}

BOOST_AUTO_TEST_CASE(a_listed_test_the_graph_does_not_know_is_new)
{
  const Graph graph = graph_from(net_project);
  const std::vector<TestKey> listed{key_from("net/url"), key_from("net/proxy")};
  SelectionRules rules;
  rules.always.listed = listed;
  const Selection selection = select_affected(graph, change_of({}), rules);
  BOOST_REQUIRE_EQUAL(selection.new_tests.size(), 1U);
  BOOST_TEST(selection.new_tests[0].display() == "net/proxy");
}

BOOST_AUTO_TEST_SUITE_END()
