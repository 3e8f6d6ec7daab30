// Tests selections from CMake edits: base's and head's graph and a change in, tests and reasons
// out.
#include "analyzer/select/select_affected.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;

namespace {

const std::string project = R"(
  compile @build/url.o : net/url.cpp net/url.h
  archive @build/libnet.a : @build/url.o
  compile @build/url_test.o : net/tests/url_test.cpp net/url.h
  link @build/url_test : @build/url_test.o @build/libnet.a
  compile @build/text_test.o : base/text_test.cpp
  link @build/text_test : @build/text_test.o
  configure CMakeLists.txt net/CMakeLists.txt base/CMakeLists.txt
  target net STATIC_LIBRARY net @build/libnet.a @build/url.o
  target url_test EXECUTABLE net/tests @build/url_test @build/url_test.o
  target text_test EXECUTABLE base @build/text_test @build/text_test.o
  test net/url in net executable @build/url_test
  test base/text in base executable @build/text_test
  reads contents 0 version.h
  reads names 0 base/*.cpp
)";

/// "net/url:changed_command(net/CMakeLists.txt)"; a fallback as "fallback(cause: because)".
std::string selected(const std::string& base, const std::string& head,
                     std::initializer_list<std::string_view> files)
{
  const Graph base_graph = graph_from(base);
  const Graph graph = graph_from(head);
  SelectionRules rules;
  rules.base.graph = &base_graph;
  const Selection selection = select_affected(graph, change_of(files), rules);
  if (selection.fallback) {
    return "fallback(" + std::string(name_of(selection.fallback->cause).name) + ": " +
           selection.fallback->because + ")";
  }
  std::string text;
  for (const SelectedTest& test : selection.tests) {
    const Reason& reason = test.reasons.front();
    text += (text.empty() ? "" : " ") + graph.key(test.test).display() + ":" +
            std::string(name_of(reason.kind)) + "(" +
            (reason.defined_at.empty() ? reason.file : reason.defined_at) + ")";
  }
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(configuration_changes)

BOOST_AUTO_TEST_CASE(a_cmake_edit_without_effect_selects_nothing)
{
  BOOST_TEST(selected(project, project, {"net/CMakeLists.txt", "CMakeLists.txt"}) == "");
}

BOOST_AUTO_TEST_CASE(a_command_selects_what_follows_and_names_the_nearest_cmake_file)
{
  const std::string head = project + "command @build/url.o -DFAST\n";
  BOOST_TEST(selected(project, head, {"CMakeLists.txt", "net/CMakeLists.txt"}) ==
             "net/url:changed_command(net/CMakeLists.txt)");
  BOOST_TEST(selected(project, head, {"CMakeLists.txt"}) ==
             "net/url:changed_command(CMakeLists.txt)");
}

BOOST_AUTO_TEST_CASE(the_chain_leads_from_the_step_to_the_test)
{
  const Graph base = graph_from(project);
  const Graph head = graph_from(project + "command @build/url.o -DFAST\n");
  SelectionRules rules;
  rules.base.graph = &base;
  const Selection selection = select_affected(head, change_of({"net/CMakeLists.txt"}), rules);
  BOOST_REQUIRE_EQUAL(selection.tests.size(), 1U);
  const std::vector<ChainLink>& chain = selection.tests[0].reasons[0].chain;
  BOOST_TEST((head.kind(chain.front().node) == NodeKind::step));
  BOOST_TEST((chain.back().node == head.node(selection.tests[0].test)));
}

BOOST_AUTO_TEST_CASE(a_setting_in_no_file_selects_what_it_changes)
{
  BOOST_TEST(selected(project, project + "command @build/url.o -DFAST\n", {}) ==
             "net/url:changed_command()");
}

BOOST_AUTO_TEST_CASE(a_new_test_names_its_line)
{
  const std::string head = project + "test net/more in net executable @build/url_test\n"
                                     "defined net/more net/CMakeLists.txt:12\n";
  BOOST_TEST(selected(project, head, {"net/CMakeLists.txt"}) ==
             "net/more:new_test(net/CMakeLists.txt:12)");
}

BOOST_AUTO_TEST_CASE(a_property_selects_just_its_test)
{
  BOOST_TEST(selected(project, project + "properties net/url TIMEOUT=3\n",
                      {"net/CMakeLists.txt"}) == "net/url:changed_test(net/CMakeLists.txt)");
}

BOOST_AUTO_TEST_CASE(a_new_source_is_known_by_what_configuring_makes_of_it)
{
  BOOST_TEST(selected(project, project, {"+elsewhere/unused.cpp"}) == "fallback(unknown_file: )");
  BOOST_TEST(selected(project, project, {"+base/unused.cpp"}) == "");
}

BOOST_AUTO_TEST_CASE(a_deleted_source_is_known_by_base)
{
  const std::string base = project + "compile @build/old.o : net/old.cpp\n"
                                     "archive @build/libold.a : @build/old.o\n";
  BOOST_TEST(selected(base, project, {"-net/old.cpp", "net/CMakeLists.txt"}) == "");
}

BOOST_AUTO_TEST_CASE(a_new_cmake_file_is_judged_by_its_effect)
{
  BOOST_TEST(selected(project, project + "configure net/Extra.cmake\n",
                      {"+net/Extra.cmake", "net/CMakeLists.txt"}) == "");
}

BOOST_AUTO_TEST_CASE(a_script_that_configuring_does_not_read_is_for_tests_that_run_cmake)
{
  BOOST_TEST(selected(project, project, {"+base/run.cmake"}) == "");
  const std::string with_cmake = project + "says test base/text cmake\n";
  BOOST_TEST(selected(project, with_cmake, {"+base/run.cmake"}) ==
             "base/text:same_part(base/run.cmake)");
}

BOOST_AUTO_TEST_CASE(another_compiler_selects_every_test)
{
  BOOST_TEST(selected(project + "compiler gcc-12\n", project + "compiler gcc-13\n", {}) ==
             "fallback(compiler_changed: gcc-12 at base, now gcc-13)");
}

BOOST_AUTO_TEST_CASE(without_base_what_configuring_reads_is_a_fallback_with_its_cause)
{
  const Graph graph = graph_from(project);
  SelectionRules rules;
  rules.base.missing_because = "nobody made it";
  for (const std::string_view file : {"net/CMakeLists.txt", "version.h", "+base/new.cpp"}) {
    BOOST_TEST_CONTEXT(file)
    {
      const Selection selection = select_affected(graph, change_of({file}), rules);
      BOOST_REQUIRE(selection.fallback.has_value());
      BOOST_TEST((selection.fallback->cause == FallbackCause::cmake_input_changed));
      BOOST_TEST(selection.fallback->because == "nobody made it");
      BOOST_TEST(selection.tests.size() == graph.test_count());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_graph_of_an_older_configuration_is_a_fallback_whatever_changed)
{
  SelectionRules rules;
  rules.base.stale_because = "not configured";
  const Graph graph = graph_from(project);
  const Selection selection = select_affected(graph, change_of({}), rules);
  BOOST_REQUIRE(selection.fallback.has_value());
  BOOST_TEST(selection.fallback->because == "not configured");
  BOOST_TEST(selection.tests.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
