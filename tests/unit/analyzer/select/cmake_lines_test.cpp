// Tests which line explains a difference of the configuration.
#include "analyzer/select/cmake_lines.hpp"
#include "analyzer/select/select_affected.hpp"
#include "tests/support/graph_text.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <span>
#include <string>

using namespace winnow;
using namespace winnow::select;
using winnow::tests::change_of;
using winnow::tests::graph_from;

namespace {

const std::string project = R"(
  compile @build/url.o : net/url.cpp
  archive @build/libnet.a : @build/url.o
  compile @build/url_test.o : net/url_test.cpp
  link @build/url_test : @build/url_test.o @build/libnet.a
  custom @build/table.txt : net/table.in
  configure CMakeLists.txt net/CMakeLists.txt cmake/wrap.cmake
  target net STATIC_LIBRARY net @build/libnet.a @build/url.o
  target url_test EXECUTABLE net @build/url_test @build/url_test.o
  test net/url in net executable @build/url_test argument @build/table.txt
  defined net/url net/CMakeLists.txt:20
)";

/// What CMake says, and how often it was asked.
struct Places {
  std::map<std::string, TargetPlaces, std::less<>> targets;
  std::size_t asked = 0;

  void add(const std::string& target, TargetPart part, std::vector<CMakePlace> calls,
           std::string source = {})
  {
    targets[target].parts.push_back({part, std::move(source), std::move(calls)});
  }
};

/// The line (else the file) that explains why net/url is selected when `difference` is what
/// configuring does otherwise. `edited` are all changed files.
std::string explanation(const std::string& difference, const std::vector<EditedFile>& edited,
                        Places& places)
{
  const Graph base = graph_from(project);
  const Graph head = graph_from(project + difference);
  SelectionRules rules;
  rules.base.graph = &base;
  Change change;
  for (const EditedFile& file : edited) {
    change.files.push_back({file.path});
  }
  Selection selection = select_affected(head, change, rules);
  BOOST_REQUIRE_EQUAL(selection.tests.size(), 1U);
  SelectedTest* const test = &selection.tests[0];
  BOOST_TEST(wants_cmake_lines(*test));
  const auto find = [&](std::string_view target) -> const TargetPlaces* {
    ++places.asked;
    const auto found = places.targets.find(target);
    return found == places.targets.end() ? nullptr : &found->second;
  };
  name_cmake_lines(head, edited, find, std::span(&test, 1));
  const Reason& reason = selection.tests[0].reasons[0];
  BOOST_TEST((reason.defined_at.empty() || reason.defined_at.starts_with(reason.file + ":")));
  return reason.defined_at.empty() ? reason.file : reason.defined_at;
}

const std::string flags = "command @build/url.o -DFAST\n";

} // namespace

BOOST_AUTO_TEST_SUITE(cmake_lines)

BOOST_AUTO_TEST_CASE(the_only_edited_command_explains_without_asking_cmake)
{
  Places places;
  BOOST_TEST(explanation(flags, {{"net/CMakeLists.txt", {{3, 1, "x\ny\n"}}, {{2, 4, "set(A y)"}}}},
                         places) == "net/CMakeLists.txt:3");
  BOOST_TEST(places.asked == 0U);
}

BOOST_AUTO_TEST_CASE(comments_and_blank_lines_do_not_count)
{
  Places places;
  BOOST_TEST(explanation(flags,
                         {{"net/CMakeLists.txt",
                           {{1, 1, "# old\n# new\n"}, {4, 2, "\n  # more\n"}, {8, 0, "gone()\n"}},
                           {{2, 3, "set(A y)"}, {6, 8, "set(B)"}}}},
                         places) == "net/CMakeLists.txt:8");
}

BOOST_AUTO_TEST_CASE(among_several_it_is_the_one_that_a_part_of_the_target_comes_from)
{
  Places places;
  places.add("net", TargetPart::definition, {{"net/CMakeLists.txt", 1}});
  places.add("net", TargetPart::compiling, {{"cmake/wrap.cmake", 2}, {"net/CMakeLists.txt", 10}});
  const std::vector<CommandLines> commands{
      {1, 4, "add_library(net url.cpp)"}, {5, 5, "set(A)"}, {10, 14, "fast(net"}};
  BOOST_TEST(explanation(flags,
                         {{"net/CMakeLists.txt", {{5, 1, "set(A)\n"}, {12, 1, "3\n"}}, commands}},
                         places) == "net/CMakeLists.txt:12");
  BOOST_TEST(explanation(flags, {{"net/CMakeLists.txt", {{3, 1, "x\n"}, {12, 0, "3\n"}}, commands}},
                         places) == "net/CMakeLists.txt:12");
  BOOST_TEST(
      explanation(flags,
                  {{"cmake/wrap.cmake", {{2, 1, "x\n"}}, {{2, 2, "target_compile_options(${t}"}}},
                   {"net/CMakeLists.txt", {{12, 1, "3\n"}}, commands}},
                  places) == "cmake/wrap.cmake:2");
}

BOOST_AUTO_TEST_CASE(parts_of_the_kind_that_differs_come_first)
{
  Places places;
  places.add("url_test", TargetPart::source, {{"net/CMakeLists.txt", 1}}, "net/url_test.cpp");
  places.add("url_test", TargetPart::compiling, {{"net/CMakeLists.txt", 2}});
  places.add("url_test", TargetPart::linking, {{"net/CMakeLists.txt", 3}});
  const EditedFile file{"net/CMakeLists.txt",
                        {{1, 1, "a\n"}, {2, 1, "b\n"}, {3, 1, "c\n"}},
                        {{1, 1, "a("}, {2, 2, "b("}, {3, 3, "c("}}};
  BOOST_TEST(explanation("command @build/url_test.o -O1\n", {file}, places) ==
             "net/CMakeLists.txt:2");
  BOOST_TEST(explanation("command @build/url_test -lm\n", {file}, places) ==
             "net/CMakeLists.txt:3");
}

BOOST_AUTO_TEST_CASE(a_command_that_names_the_target_explains_also_where_it_is_gone)
{
  Places places;
  BOOST_TEST(explanation(flags,
                         {{"net/CMakeLists.txt",
                           {{4, 1, "set(A)\n"}, {9, 0, "target_link_options(net -lm)\n"}},
                           {{4, 4, "set(A)"}}}},
                         places) == "net/CMakeLists.txt:9");
  BOOST_TEST(explanation(flags,
                         {{"CMakeLists.txt", {{2, 1, "x\n"}}, {{2, 2, "link(tool net)"}}},
                          {"net/CMakeLists.txt", {{7, 1, "x\n"}}, {{7, 7, "options(net)"}}}},
                         places) == "net/CMakeLists.txt:7");
}

BOOST_AUTO_TEST_CASE(what_the_target_depends_on_explains_what_it_itself_does_not)
{
  Places places;
  places.targets["net"].dependencies = {"base"};
  places.targets["base"].dependencies = {"core", "net"};
  places.add("core", TargetPart::compiling, {{"cmake/wrap.cmake", 2}});
  BOOST_TEST(explanation(flags,
                         {{"CMakeLists.txt", {{5, 1, "x\n"}}, {{5, 5, "set(A)"}}},
                          {"cmake/wrap.cmake", {{2, 1, "x\n"}}, {{2, 2, "options(${t}"}}}},
                         places) == "cmake/wrap.cmake:2");
}

BOOST_AUTO_TEST_CASE(else_it_is_the_only_change_of_the_nearest_file)
{
  Places places;
  BOOST_TEST(explanation(flags,
                         {{"CMakeLists.txt", {{5, 1, "x\n"}}, {{5, 5, "set(A)"}}},
                          {"net/CMakeLists.txt", {{2, 1, "x\n"}}, {{2, 2, "set(B)"}}}},
                         places) == "net/CMakeLists.txt:2");
}

BOOST_AUTO_TEST_CASE(else_the_definition_of_the_target_where_its_file_is_edited)
{
  Places places;
  places.add("net", TargetPart::definition, {{"cmake/wrap.cmake", 2}, {"net/CMakeLists.txt", 10}});
  const std::vector<ChangedLines> changes{{5, 1, "x\n"}, {7, 1, "x\n"}};
  const std::vector<CommandLines> commands{{5, 5, "set(A)"}, {7, 7, "set(B)"}};
  BOOST_TEST(explanation(flags, {{"net/CMakeLists.txt", changes, commands}}, places) ==
             "net/CMakeLists.txt:10");
  BOOST_TEST(explanation(flags, {{"CMakeLists.txt", changes, commands}}, places) ==
             "CMakeLists.txt");
}

BOOST_AUTO_TEST_CASE(a_file_whose_lines_are_not_known_stays_a_file)
{
  Places places;
  BOOST_TEST(explanation(flags, {{"net/CMakeLists.txt", {}, {}}}, places) == "net/CMakeLists.txt");
}

BOOST_AUTO_TEST_CASE(a_custom_command_is_found_by_what_it_makes)
{
  Places places;
  BOOST_TEST(explanation("command @build/table.txt --sorted\n",
                         {{"net/CMakeLists.txt",
                           {{2, 1, "x\n"}, {8, 1, "--sorted\n"}},
                           {{2, 2, "set(A)"}, {6, 9, "add_custom_command(OUTPUT table.txt"}}}},
                         places) == "net/CMakeLists.txt:8");
}

BOOST_AUTO_TEST_CASE(a_changed_test_names_the_edited_line_of_its_own)
{
  Places places;
  const std::string differs = "properties net/url TIMEOUT=3\n";
  const std::vector<CommandLines> commands{{2, 2, "set(A)"},
                                           {20, 22, "add_test(NAME url COMMAND"},
                                           {30, 30, "set_tests_properties(url"}};
  BOOST_TEST(explanation(differs,
                         {{"net/CMakeLists.txt", {{2, 1, "x\n"}, {21, 1, "3\n"}}, commands}},
                         places) == "net/CMakeLists.txt:21");
  BOOST_TEST(explanation(differs,
                         {{"net/CMakeLists.txt", {{2, 1, "x\n"}, {30, 1, "3\n"}}, commands}},
                         places) == "net/CMakeLists.txt:30");
  BOOST_TEST(explanation(differs,
                         {{"net/CMakeLists.txt", {{2, 1, "x\n"}, {3, 0, "x\n"}}, commands}},
                         places) == "net/CMakeLists.txt:20");
}

BOOST_AUTO_TEST_SUITE_END()
