// Which inputs of a step ninja does not compare with its outputs.
#include "analyzer/select/unseen_inputs.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::select;
using namespace winnow::tests;

namespace {

/// The unseen inputs of the step that makes `output`.
std::string unseen(const std::string& text, const std::string& output)
{
  const Graph graph = graph_from(text);
  const NodeId producer = graph.dependencies(graph.node(graph.find_file(output).value()))[0].node;
  std::string names;
  for (const FileId file : unseen_inputs(graph, graph.step(producer))) {
    names += (names.empty() ? "" : " ") + std::string(graph.path(file));
  }
  return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(what_ninja_does_not_see)

BOOST_AUTO_TEST_CASE(is_what_only_a_command_names)
{
  BOOST_TEST(unseen("link app : main.o lib.a\n"
                    "input app implicit_input map\n"
                    "input app named_in_command app.ld main.o\n",
                    "app") == "app.ld main.o");
}

BOOST_AUTO_TEST_CASE(is_no_header_that_the_compiler_told)
{
  BOOST_TEST(unseen("compile a.o : a.cpp a.h\ninput a.o scanned_header b.h\n", "a.o") == "b.h");
}

BOOST_AUTO_TEST_CASE(may_be_a_module_but_none_that_is_not_known_to_be_used)
{
  BOOST_TEST(unseen("compile b.o : b.f90\nmodule b.o b.mod\nscan a.dd : a.f90\n"
                    "compile a.o : a.f90\ninput a.o module b.mod\n"
                    "input a.o possible_module a.dd\n",
                    "a.o") == "b.mod");
}

BOOST_AUTO_TEST_CASE(is_what_a_command_waits_for_by_order_if_another_command_makes_it)
{
  const std::string ordered = "custom made.txt : made.in\n"
                              "compile y.o : y.cpp\n"
                              "archive liby.a : y.o\n"
                              "phony gen : made.txt liby.a more\n"
                              "phony more : gen made.in\n";
  BOOST_TEST(unseen(ordered + "custom out.txt : in.txt\n"
                              "input out.txt ordered_before gen liby.a\n",
                    "out.txt") == "made.txt");
  // What a program needs at run time does not go into it.
  BOOST_TEST(unseen(ordered + "link app : y.o\ninput app ordered_before gen\n", "app") == "");
}

BOOST_AUTO_TEST_SUITE_END()
