// Data in a directory that is compiled into a program.
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

/// The library of two tests is told of data/net; another test is known to read what lies there.
constexpr std::string_view project = R"(
  compile @build/reading.o : reading.cpp reading.h
  archive @build/reading.a : @build/reading.o
  told @build/reading.o data/net
  link @build/url : @build/reading.a
  test net/url in net executable @build/url
  test net/closed in net executable @build/url declared_input net/list.dat
  test db/schema in db argument data/net/deep/a.dat argument data/net/tool.cpp
  compile @build/user.o : user.cpp
  link @build/user : @build/user.o
  test net/user in net executable @build/user declared_input net/user.dat
  needs net/user fixture_setup net/url
  test net/other in net executable @build/user
  needs net/other fixture_setup net/closed
)";

std::string selected(std::initializer_list<std::string_view> files)
{
  const Graph graph = graph_from(project);
  const Selection selection = select_affected(graph, change_of(files), {});
  std::string names = selection.fallback ? "fallback" : "";
  for (const SelectedTest& test : selection.tests) {
    names += (names.empty() ? "" : " ") + graph.key(test.test).display() + ":" +
             std::string(name_of(test.reasons.front().kind));
  }
  return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_directory_in_a_definition)

BOOST_AUTO_TEST_CASE(leads_from_known_data_below_it_to_the_opaque_tests_of_what_is_built)
{
  BOOST_TEST(selected({"data/net/deep/a.dat"}) ==
             "db/schema:changed_file net/url:told_directory net/user:told_directory");
}

BOOST_AUTO_TEST_CASE(says_nothing_of_code_nor_of_what_lies_elsewhere)
{
  BOOST_TEST(selected({"data/net/tool.cpp"}) == "db/schema:changed_file");
  BOOST_TEST(
      selected({"reading.h"}) ==
      "net/closed:changed_file net/other:changed_file net/url:changed_file net/user:changed_file");
}

BOOST_AUTO_TEST_CASE(leaves_the_doubt_about_files_that_nobody_knows)
{
  BOOST_TEST(selected({"+data/net/b.dat"}) ==
             "fallback db/schema:fallback net/closed:fallback net/other:fallback "
             "net/url:told_directory net/user:told_directory");
}

BOOST_AUTO_TEST_SUITE_END()
