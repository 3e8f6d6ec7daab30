// Tests the comparison of two graphs: two texts in, the nodes of head that differ out.
#include "analyzer/select/graph_difference.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;

namespace {

const std::string project = R"(
  compile @build/url.o : net/url.cpp net/url.h @build/config.h
  command @build/url.o c++-url
  archive @build/libnet.a : @build/url.o
  command @build/libnet.a ar
  compile @build/main.o : app/main.cpp net/url.h
  link @build/app : @build/main.o @build/libnet.a
  phony @build/all_tools : @build/app
  target app EXECUTABLE app @build/app @build/main.o
  configure CMakeLists.txt
  content @build/config.h one
  test app/run in app executable @build/app
  properties app/run TIMEOUT=5
  test app/prepare in app argument app/prepare.sh
)";

std::string name_of_node(const Graph& graph, NodeId node)
{
  switch (graph.kind(node)) {
  case NodeKind::file:
    return std::string(graph.path(graph.file(node)));
  case NodeKind::test:
    return "test " + graph.key(graph.test(node)).display();
  case NodeKind::step:
    break;
  }
  return name_of_node(graph, graph.dependents(node)[0].node);
}

using Contents = std::initializer_list<std::pair<const char*, const char*>>;

/// "changed_command @build/url.o, new_test test app/more"
std::string different(const std::string& base_text, const std::string& head_text,
                      Contents beside_git = {}, std::initializer_list<std::string_view> files = {},
                      const VolatileStamps& meaningless = {})
{
  const Graph base = graph_from(base_text);
  const Graph head = graph_from(head_text);
  std::vector<FileVersion> versions;
  for (const auto& [path, content] : beside_git) {
    versions.push_back({path, hash_content(content)});
  }
  const Change change = change_of(files);
  const GraphDifference difference =
      graph_difference(base, head, touched_paths(head, change), versions, meaningless);
  std::string text;
  for (const DifferentNode& node : difference.nodes) {
    text += text.empty() ? "" : ", ";
    text += std::string(name_of(node.kind)) + " " + name_of_node(head, node.node);
  }
  for (const NodeId plugin : difference.gone_artifacts) {
    text += (text.empty() ? "" : ", ") + ("gone " + name_of_node(base, plugin));
  }
  return text;
}

std::string replaced(std::string text, const std::string& old, const std::string& by)
{
  const std::size_t at = text.find(old);
  BOOST_REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), by);
}

} // namespace

BOOST_AUTO_TEST_SUITE(graph_differences)

BOOST_AUTO_TEST_CASE(equal_graphs_have_none)
{
  BOOST_TEST(different(project, project, {{"@build/config.h", "one"}}) == "");
}

BOOST_AUTO_TEST_CASE(the_order_of_files_and_steps_is_none)
{
  const std::string other = R"(
    link @build/app : @build/libnet.a @build/main.o
    compile @build/main.o : app/main.cpp net/url.h
    phony @build/all_tools : @build/app
    archive @build/libnet.a : @build/url.o
    compile @build/url.o : net/url.cpp net/url.h @build/config.h
    command @build/libnet.a ar
    command @build/url.o c++-url
    target app EXECUTABLE app @build/app @build/main.o
    configure CMakeLists.txt Added.cmake
    test app/prepare in app argument app/prepare.sh
    test app/run in app executable @build/app
    properties app/run TIMEOUT=5
    defined app/run app/CMakeLists.txt:70
  )";
  BOOST_TEST(different(project, other) == "");
}

BOOST_AUTO_TEST_CASE(what_a_compiler_reads_on_its_own_is_none)
{
  const std::string unbuilt =
      replaced(project, "compile @build/url.o : net/url.cpp net/url.h @build/config.h",
               "compile? @build/url.o : net/url.cpp");
  BOOST_TEST(different(unbuilt, project) == "");
  BOOST_TEST(different(project, unbuilt) == "");
}

BOOST_AUTO_TEST_CASE(another_command_is_one)
{
  BOOST_TEST(different(project, replaced(project, "c++-url", "c++-DNDEBUG")) ==
             "changed_command @build/url.o");
}

BOOST_AUTO_TEST_CASE(another_source_of_an_object_is_one)
{
  BOOST_TEST(different(project, replaced(project, "net/url.cpp", "net/other.cpp")) ==
             "changed_inputs @build/url.o");
}

BOOST_AUTO_TEST_CASE(a_new_source_differs_and_so_does_what_takes_it_up)
{
  const std::string head = replaced(project, "archive @build/libnet.a : @build/url.o",
                                    "compile @build/more.o : net/more.cpp\n"
                                    "archive @build/libnet.a : @build/url.o @build/more.o");
  BOOST_TEST(different(project, head) ==
             "changed_inputs @build/more.o, changed_inputs @build/libnet.a");
}

BOOST_AUTO_TEST_CASE(a_removed_library_shows_in_what_linked_it)
{
  const std::string head =
      replaced(replaced(project, "@build/main.o @build/libnet.a", "@build/main.o"),
               "archive @build/libnet.a : @build/url.o\n  command @build/libnet.a ar\n", "");
  BOOST_TEST(different(project, head) == "changed_inputs @build/app");
}

BOOST_AUTO_TEST_CASE(a_removed_dependency_of_a_phony_target_shows_in_it)
{
  const std::string base =
      replaced(project, "all_tools : @build/app", "all_tools : @build/app @build/libnet.a");
  BOOST_TEST(different(base, project) == "changed_inputs @build/all_tools");
}

BOOST_AUTO_TEST_CASE(a_definition_whose_value_means_nothing_makes_no_difference)
{
  const VolatileStamps meaningless{{"GIT_*"}, {}};
  const auto with = [](const std::string& definitions) {
    return project + "definitions @build/url.o " + definitions + "\n";
  };
  const std::string base = with("GIT_SHA=1 LEVEL=1");
  const auto against = [&](const std::string& head) {
    return different(base, head, {}, {}, meaningless);
  };
  const std::string is_different = "changed_command @build/url.o";
  BOOST_TEST(different(base, with("GIT_SHA=2 LEVEL=1")) == is_different);
  BOOST_TEST(against(with("GIT_SHA=2 LEVEL=1")) == "");
  BOOST_TEST(against(with("GIT_SHA LEVEL=1")) == "");
  BOOST_TEST(against(with("GIT_SHA=2 LEVEL=2")) == is_different);
  BOOST_TEST(against(with("LEVEL=1")) == is_different);
  BOOST_TEST(against(with("GIT_REF=2 LEVEL=1")) == is_different);
  BOOST_TEST(against(replaced(with("GIT_SHA=2 LEVEL=1"), "c++-url", "c++-O2")) == is_different);
}

BOOST_AUTO_TEST_CASE(commands_without_definitions_differ_whatever_means_nothing)
{
  BOOST_TEST(different(project, replaced(project, "c++-url", "c++-O2"), {}, {}, {{"*"}, {}}) ==
             "changed_command @build/url.o");
}

BOOST_AUTO_TEST_CASE(a_configured_file_differs_by_its_content)
{
  BOOST_TEST(different(project, project, {{"@build/config.h", "two"}}) ==
             "changed_configured_file @build/config.h");
}

BOOST_AUTO_TEST_CASE(a_configured_file_that_base_did_not_have_is_different)
{
  const std::string base =
      replaced(replaced(project, " @build/config.h", ""), "content @build/config.h one", "");
  BOOST_TEST(different(base, project, {{"@build/config.h", "one"}}) ==
             "changed_configured_file @build/config.h");
}

BOOST_AUTO_TEST_CASE(a_new_and_a_changed_test_are_told_apart)
{
  const std::string head =
      replaced(project, "TIMEOUT=5", "TIMEOUT=6") + "test app/more in app executable @build/app\n";
  BOOST_TEST(different(project, head) == "new_test test app/more, changed_test test app/run");
}

BOOST_AUTO_TEST_CASE(a_test_whose_setup_is_gone_is_changed)
{
  const std::string base = project + "needs app/run fixture_setup app/prepare\n";
  const std::string head =
      replaced(project, "test app/prepare in app argument app/prepare.sh\n", "");
  BOOST_TEST(different(base, head) == "changed_test test app/run");
}

BOOST_AUTO_TEST_CASE(cases_that_base_had_not_discovered_yet_are_not_new)
{
  const std::string unbuilt = replaced(project, "test app/run in app executable @build/app\n",
                                       "test app/run in app discovered_from @build/app\n"
                                       "placeholder app/run\n");
  const std::string built = replaced(project,
                                     "test app/run in app executable @build/app\n"
                                     "  properties app/run TIMEOUT=5\n",
                                     "test app/one in app executable @build/app\n"
                                     "test app/two in app executable @build/app\n");
  BOOST_TEST(different(unbuilt, built) == "");
  BOOST_TEST(different(built, unbuilt) == "");
}

BOOST_AUTO_TEST_CASE(a_plugin_that_is_gone_is_named)
{
  const std::string base = project + "compile @build/p.o : app/p.cpp\n"
                                     "link @build/libp.so : @build/p.o\n"
                                     "target p MODULE_LIBRARY app @build/libp.so @build/p.o\n";
  BOOST_TEST(different(base, project) == "gone @build/libp.so");
}

BOOST_AUTO_TEST_CASE(a_deleted_file_matters_to_what_read_it_at_base)
{
  const std::string head = replaced(project, "app/main.cpp net/url.h", "app/main.cpp");
  const std::string without = replaced(head, "net/url.cpp net/url.h", "net/url.cpp");
  BOOST_TEST(different(project, without, {}, {"-net/url.h"}) ==
             "changed_inputs @build/url.o, changed_inputs @build/main.o");
}

BOOST_AUTO_TEST_CASE(modules_known_in_only_one_of_the_graphs_are_no_difference)
{
  const std::string scanned = "module @build/url.o @build/url.pcm\n"
                              "input @build/main.o module @build/url.pcm\n";
  const std::string not_scanned = "scan @build/app.dd : net/url.cpp\n"
                                  "input @build/main.o possible_module @build/app.dd\n";
  const std::string both = "scan @build/app.dd : net/url.cpp\n";
  BOOST_TEST(different(project + not_scanned, project + both + scanned) == "");
  BOOST_TEST(different(project + both + scanned, project + not_scanned) == "");
}

BOOST_AUTO_TEST_SUITE_END()
