// Files that nobody is known to read, and what says their names.
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

constexpr std::string_view project = R"(
  configure CMakeLists.txt tests/CMakeLists.txt
  compile @build/a.o : src/a.cpp
  link @build/a : @build/a.o
  compile @build/b.o : tests/b.cpp
  link @build/b : @build/b.o
  search @build/a.o 0 include
  search @build/b.o 0 include
  file tools/util.py
  file src/module.cpp
  file tests/nested/CMakeLists.txt
  file tests/nested/rules.cmake
  file tests/nested/main.cpp
  file tests/loose.cpp
  test a in tests executable @build/a
  test b in tests executable @build/b
  test c in tests argument tests/c.sh
)";

/// Names of tests; "fallback(because)" or "ignored(rule)" in front where there is one.
std::string selected(std::string_view more, const Change& change,
                     const Settings* settings = nullptr)
{
  const Graph graph = graph_from(std::string(project) + std::string(more));
  SelectionRules rules;
  rules.settings = settings;
  rules.base.graph = &graph;
  const Selection selection = select_affected(graph, change, rules);
  if (selection.fallback) {
    return "fallback(" + selection.fallback->because + selection.fallback->rule + ")";
  }
  std::string names = selection.ignored.empty() ? "" : "ignored(" + selection.ignored[0].rule + ")";
  for (const SelectedTest& test : selection.tests) {
    names += (names.empty() ? "" : " ") + graph.key(test.test).display();
  }
  return names;
}

std::string selected(std::string_view more, std::string_view file)
{
  return selected(more, change_of({file}));
}

} // namespace

BOOST_AUTO_TEST_SUITE(unsaid_files)

BOOST_AUTO_TEST_CASE(of_other_languages_select_nothing_outside_of_parts)
{
  for (const char* file :
       {"tools/util.py", "+tools/new.py", "-tools/old.py", "+tools/Cargo.toml"}) {
    BOOST_TEST(selected("", file) == "ignored(unnamed_files)", file);
  }
  BOOST_TEST(selected("", "tools/data.dat") == "fallback()");
  BOOST_TEST(selected("", "tests/util.py") == "a b c");
}

BOOST_AUTO_TEST_CASE(of_a_directory_that_is_new_are_doubtful)
{
  BOOST_TEST(selected("", "+scripts/new.py") == "fallback()");
}

BOOST_AUTO_TEST_CASE(are_doubtful_once_something_says_the_language_or_a_directory)
{
  BOOST_TEST(selected("says file tests/c.sh python", "tools/util.py") ==
             "fallback(tests/c.sh says \"python\")");
  BOOST_TEST(selected("says test a tools/", "tools/util.py") ==
             "fallback(the test a says \"tools/\")");
  BOOST_TEST(selected("says step @build/a.o *", "tools/util.py") ==
             "fallback(the command that makes @build/a.o may read any file)");
  BOOST_TEST(selected("told @build/a.o tools", "tools/util.py") ==
             "fallback(the command that makes @build/a.o says \"tools\")");
  BOOST_TEST(
      selected("reads program - CMakeLists.txt", "tools/util.py") ==
      "fallback(CMakeLists.txt starts a program while configuring, which may read any file)");
  BOOST_TEST(selected("says file tests/c.sh cargo", "tools/util.py") == "ignored(unnamed_files)");
}

BOOST_AUTO_TEST_CASE(that_are_sources_select_nothing_if_they_were_there)
{
  BOOST_TEST(selected("", "src/module.cpp") == "ignored(unnamed_files)");
  BOOST_TEST(selected("", "+src/new.cpp") == "ignored(unnamed_files)"); // configurations agree
  BOOST_TEST(selected("", "src/not_seen.cpp") == "fallback()");
  BOOST_TEST(selected("says file tests/c.sh .cpp", "src/module.cpp") ==
             "fallback(tests/c.sh says \".cpp\")");
  BOOST_TEST(selected("says file tests/b.cpp module.cpp", "src/module.cpp") ==
             "fallback(tests/b.cpp says \"module.cpp\")");
  BOOST_TEST(selected("says file tests/c.sh python", "src/module.cpp") == "ignored(unnamed_files)");
}

BOOST_AUTO_TEST_CASE(of_a_project_beside_tests_select_those_that_run_cmake_or_name_it)
{
  for (const char* file : {"tests/nested/CMakeLists.txt", "tests/nested/rules.cmake",
                           "tests/nested/main.cpp", "+tests/nested/new.cpp"}) {
    BOOST_TEST_CONTEXT(file)
    {
      BOOST_TEST(selected("", file) == "");
      BOOST_TEST(selected("says file tests/c.sh cmake", file) == "c");
      BOOST_TEST(selected("says file tests/b.cpp nested/", file) == "b");
      BOOST_TEST(selected("says test a *", file) == "a");
      BOOST_TEST(selected("says file tests/c.sh python", file) == "");
      BOOST_TEST(selected("told @build/b.o tests", file) == "b");
    }
  }
  BOOST_TEST(selected("says file tests/c.sh rules.cmake", "tests/nested/rules.cmake") == "c");
}

BOOST_AUTO_TEST_CASE(beside_tests_that_belong_to_no_other_project_are_data_of_all)
{
  BOOST_TEST(selected("", "tests/loose.cpp") == "a b c");
  BOOST_TEST(selected("", "tests/nested/table.csv") == "a b c");
}

BOOST_AUTO_TEST_CASE(follow_the_settings)
{
  Settings settings;
  settings.shipped.set(ShippedRule::unnamed_files, ShippedEffect::everything);
  BOOST_TEST(selected("", change_of({"tools/util.py"}), &settings) == "fallback(unnamed_files)");
  settings = {};
  settings.shipped.set(ShippedRule::unbuilt_files, ShippedEffect::nothing);
  BOOST_TEST(selected("", change_of({"tests/nested/main.cpp"}), &settings) ==
             "ignored(unbuilt_files)");
}

BOOST_AUTO_TEST_SUITE_END()
