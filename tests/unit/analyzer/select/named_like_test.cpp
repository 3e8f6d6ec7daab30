// Who finds a header that appears or vanishes.
#include "analyzer/select/named_like.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

using namespace winnow;
using namespace winnow::select;
using namespace winnow::tests;

namespace {

/// The outputs of the steps that find one of the paths, in order.
std::string readers(const std::string& text, std::initializer_list<std::string_view> paths)
{
  const Graph graph = graph_from(text);
  std::set<std::string> outputs;
  for (const auto& [step, found] :
       readers_of_names(graph, std::span<const std::string_view>(paths.begin(), paths.size()))) {
    outputs.emplace(graph.path(graph.file(graph.dependents(graph.node(step))[0].node)));
  }
  std::string names;
  for (const std::string& output : outputs) {
    names += (names.empty() ? "" : " ") + output;
  }
  return names;
}

/// a.o reads a.cpp and inc/url.h, which it finds as <net/url.h> … in the directories first and inc.
const std::string found_in_inc = R"(
  compile a.o : src/a.cpp inc/net/url.h inc/net/deep.h
  search a.o 1 quote first inc last
  include src/a.cpp angled net/url.h
  include inc/net/url.h quoted deep.h
)";

} // namespace

BOOST_AUTO_TEST_SUITE(headers_that_come_and_go)

BOOST_AUTO_TEST_CASE(are_found_in_directories_before_the_present_one)
{
  BOOST_TEST(readers(found_in_inc, {"first/net/url.h"}) == "a.o");
  BOOST_TEST(readers(found_in_inc, {"inc/net/url.h"}) == "a.o");
  BOOST_TEST(readers(found_in_inc, {"last/net/url.h"}) == "");
  BOOST_TEST(readers(found_in_inc, {"last/net/url.h", "inc/net/url.h"}) == "a.o");
}

BOOST_AUTO_TEST_CASE(are_all_told_where_one_step_finds_several)
{
  const Graph graph = graph_from(found_in_inc);
  const std::vector<std::string_view> paths{"first/net/url.h", "src/deep.h", "inc/net/deep.h"};
  const auto readers = readers_of_names(graph, paths);
  BOOST_REQUIRE_EQUAL(readers.size(), 1U);
  BOOST_TEST(readers.begin()->second ==
                 (std::vector<std::string_view>{"first/net/url.h", "inc/net/deep.h"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(are_not_found_by_their_base_name_alone)
{
  BOOST_TEST(readers(found_in_inc, {"first/url.h"}) == "");
  BOOST_TEST(readers(found_in_inc, {"elsewhere/net/url.h"}) == "");
}

BOOST_AUTO_TEST_CASE(are_found_beside_the_file_that_quotes_them_first)
{
  BOOST_TEST(readers(found_in_inc, {"inc/net/deep.h"}) == "a.o");
  BOOST_TEST(readers(found_in_inc, {"first/deep.h"}) == "");
  BOOST_TEST(readers(found_in_inc, {"src/net/url.h"}) == ""); // it stands in <>
}

BOOST_AUTO_TEST_CASE(are_found_in_directories_for_quotes_by_quotes_only)
{
  BOOST_TEST(readers(found_in_inc, {"quote/net/url.h"}) == "");
  const std::string quoted = "compile a.o : src/a.cpp\nsearch a.o 1 quote inc\n"
                             "include src/a.cpp quoted url.h\n";
  BOOST_TEST(readers(quoted, {"quote/url.h"}) == "a.o");
  BOOST_TEST(readers(quoted, {"inc/url.h"}) == "a.o");
  BOOST_TEST(readers(quoted, {"src/url.h"}) == "a.o");
}

BOOST_AUTO_TEST_CASE(are_found_where_nothing_was_before)
{
  const std::string probe = "compile a.o : a.cpp\nsearch a.o 0 . @build\n"
                            "include a.cpp angled opt/x.h\n";
  BOOST_TEST(readers(probe, {"opt/x.h"}) == "a.o");
  BOOST_TEST(readers(probe, {"@build/opt/x.h"}) == "a.o");
  BOOST_TEST(readers(probe, {"x.h"}) == "");
}

BOOST_AUTO_TEST_CASE(are_found_by_names_that_go_up)
{
  const std::string up = "compile a.o : src/a/a.cpp\nsearch a.o 0 inc/deep\n"
                         "include src/a/a.cpp quoted ../b/x.h\n";
  BOOST_TEST(readers(up, {"src/b/x.h"}) == "a.o");
  BOOST_TEST(readers(up, {"inc/b/x.h"}) == "a.o");
  BOOST_TEST(readers(up, {"b/x.h"}) == "");
}

BOOST_AUTO_TEST_CASE(are_found_behind_others_where_the_search_goes_on)
{
  const std::string next = "compile a.o : a.cpp first/x.h\nsearch a.o 0 first second\n"
                           "include first/x.h anywhere x.h\ninclude a.cpp angled x.h\n";
  BOOST_TEST(readers(next, {"second/x.h"}) == "a.o");
}

BOOST_AUTO_TEST_CASE(are_found_by_their_whole_path)
{
  BOOST_TEST(readers("compile u.o : @build/unity.cpp\nsearch u.o 0\n"
                     "include @build/unity.cpp whole src/a.cpp\n",
                     {"src/a.cpp"}) == "u.o");
}

BOOST_AUTO_TEST_CASE(are_found_behind_a_link_to_a_directory)
{
  BOOST_TEST(readers("compile a.o : a.cpp\nsearch a.o 0 include\n"
                     "include a.cpp angled net/url.h\n",
                     {"include/net"}) == "a.o");
}

BOOST_AUTO_TEST_CASE(shadow_what_headers_outside_include)
{
  const std::string outside = "compile a.o : a.cpp\nsearch a.o 0 inc\n"
                              "compile b.o : b.cpp\nsearch b.o 0 other\n"
                              "include / angled string.h\n";
  // Recorded lists name the files outside; the one that stands for all of them has no reader.
  BOOST_TEST(readers(outside, {"inc/string.h"}) == "");
}

BOOST_AUTO_TEST_CASE(are_found_by_base_name_where_includes_are_not_known)
{
  BOOST_TEST(readers("compile a.o : a.f90 inc/part.inc\n", {"other/part.inc"}) == "a.o");
  BOOST_TEST(readers("compile a.o : a.cpp inc/config.h\nsearch a.o 0 inc\n"
                     "include a.cpp computed\n",
                     {"other/config.h"}) == "a.o");
}

BOOST_AUTO_TEST_SUITE_END()
