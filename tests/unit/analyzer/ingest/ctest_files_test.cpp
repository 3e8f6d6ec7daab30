// CTest files as CMake and its discovery modules write them.
#include "analyzer/ingest/ctest_files.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>

using namespace winnow;
using namespace winnow::ingest;

namespace {

struct Tree {
  tests::ScratchDirectory scratch;
  Roots roots{scratch / "source", scratch / "build"};

  void write(const std::string& name, std::string_view text) const
  {
    tests::write_file(roots.build + "/" + name, text);
  }

  [[nodiscard]] Result<TestListing> read(const std::string& configuration = {}) const
  {
    return read_ctest_files(roots, configuration);
  }
};

std::vector<std::string> names_of(const TestListing& listing)
{
  std::vector<std::string> names;
  for (const TestDescription& test : listing.tests) {
    names.push_back(test.key.display());
  }
  return names;
}

using Names = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(ctest_files)

BOOST_AUTO_TEST_CASE(list_tests_of_all_directories_also_under_one_name)
{
  const Tree tree;
  tree.write("CTestTestfile.cmake", "# Source directory: /s\nadd_test(same \"/bin/true\" \"a b\")\n"
                                    "subdirs(\"x\")\nsubdirs(missing)\n");
  tree.write("x/CTestTestfile.cmake",
             "# Source directory: /s/x y\nadd_test([=[same]=] /bin/false)\n"
             "set_tests_properties(same PROPERTIES LABELS \"l;m\")\n");
  const auto listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  BOOST_TEST(names_of(*listing) == (Names{"same", "x/same"}), boost::test_tools::per_element());
  BOOST_TEST(listing->tests[0].command == (Names{"/bin/true", "a b"}),
             boost::test_tools::per_element());
  // As in ctest, properties reach every test of the name so far.
  BOOST_TEST(listing->tests[0].properties->labels == (Names{"l", "m"}),
             boost::test_tools::per_element());
  BOOST_TEST(listing->tests[1].properties->labels == (Names{"l", "m"}),
             boost::test_tools::per_element());
  BOOST_TEST(listing->tests[1].properties->working_directory == tree.roots.build + "/x");
  BOOST_TEST(listing->source_directories.at("x") == "/s/x y");
  BOOST_TEST(listing->files_read.size() == 2U);
  BOOST_TEST(listing->files_missed == Names{tree.roots.build + "/missing/CTestTestfile.cmake"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(set_every_property)
{
  const Tree tree;
  tree.write(
      "CTestTestfile.cmake",
      "add_test(t /bin/true)\n"
      "set_tests_properties(t PROPERTIES ENVIRONMENT \"A=1;B=x\\\\;y\" ENVIRONMENT_MODIFICATION "
      "\"P=set:q\"\n"
      " WORKING_DIRECTORY sub TIMEOUT 2.5 PROCESSORS 3 RUN_SERIAL ON DISABLED TRUE WILL_FAIL 1\n"
      " SKIP_RETURN_CODE 77 PASS_REGULAR_EXPRESSION \"[a;b];c\" FAIL_REGULAR_EXPRESSION f\n"
      " SKIP_REGULAR_EXPRESSION [==[\\[  SKIPPED \\]]==] RESOURCE_LOCK \"l;k\" DEPENDS \"d\"\n"
      " RESOURCE_GROUPS \"2,gpus:4;cpus:1,gpus:2\" FIXTURES_SETUP s FIXTURES_REQUIRED \"r;q\"\n"
      " FIXTURES_CLEANUP c REQUIRED_FILES \"/f;/g\" COST 4.5 PROCESSOR_AFFINITY ON MINE \"a;b\"\n"
      " TIMEOUT_AFTER_MATCH \"1.5;now\" TIMEOUT_AFTER_MATCH \"1.5;then\"\n"
      " TIMEOUT_SIGNAL_NAME SIGINT TIMEOUT_SIGNAL_GRACE_PERIOD 0.5\n"
      " _BACKTRACE_TRIPLES \"" +
          tree.roots.source + "/x.cmake;7;add_test;" + tree.roots.source +
          "/CMakeLists.txt;0;\")\n");
  const auto listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  TestProperties expected;
  expected.environment = {"A=1", "B=x;y"};
  expected.environment_modification = {"P=set:q"};
  expected.working_directory = tree.roots.build + "/sub";
  expected.timeout_s = 2.5;
  expected.processors = 3;
  expected.run_serial = expected.disabled = expected.will_fail = true;
  expected.skip_return_code = 77;
  expected.pass_regular_expression = {"[a;b]", "c"};
  expected.fail_regular_expression = {"f"};
  expected.skip_regular_expression = {"\\[  SKIPPED \\]"};
  expected.resource_locks = {"l", "k"};
  expected.resource_groups = {{{"gpus", 4}}, {{"gpus", 4}}, {{"cpus", 1}, {"gpus", 2}}};
  expected.depends = {"d"};
  expected.fixtures_setup = {"s"};
  expected.fixtures_required = {"r", "q"};
  expected.fixtures_cleanup = {"c"};
  expected.required_files = {"/f", "/g"};
  expected.cost = 4.5;
  expected.processor_affinity = true;
  expected.timeout_after_match = TimeoutAfterMatch{1.5, {"now", "then"}};
  expected.timeout_signal_name = "SIGINT";
  expected.timeout_signal_grace_s = 0.5;
  expected.others = {{"MINE", "a;b"}};
  BOOST_TEST((*listing->tests.at(0).properties == expected));
  BOOST_TEST(listing->tests[0].defined_at == "x.cmake:7");
}

BOOST_AUTO_TEST_CASE(a_list_set_again_grows_and_a_value_is_replaced)
{
  const Tree tree;
  tree.write("CTestTestfile.cmake",
             "add_test(t x)\nset_tests_properties(t PROPERTIES LABELS \"b;a\" ENVIRONMENT A=1 "
             "COST 1 RESOURCE_GROUPS gpus:1)\nset_tests_properties(t PROPERTIES LABELS \"c;a\" "
             "ENVIRONMENT A=2 COST 2 RESOURCE_GROUPS gpus:2)\n");
  const auto listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  const TestProperties& properties = listing->tests[0].properties;
  BOOST_TEST(properties.labels == (Names{"a", "b", "c"}), boost::test_tools::per_element());
  BOOST_TEST(properties.environment == (Names{"A=1", "A=2"}), boost::test_tools::per_element());
  BOOST_TEST(properties.cost == 2);
  BOOST_TEST(properties.resource_groups.size() == 2U);
}

BOOST_AUTO_TEST_CASE(values_that_ctest_ignores_change_nothing)
{
  const Tree tree;
  tree.write("CTestTestfile.cmake",
             "add_test(t x)\nset_tests_properties(t PROPERTIES SKIP_RETURN_CODE 256 PROCESSORS 0 "
             "RUN_SERIAL maybe)\nset_tests_properties(unknown PROPERTIES LABELS a)\n");
  const auto listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  const TestProperties& properties = listing->tests.at(0).properties;
  BOOST_TEST(!properties.skip_return_code.has_value());
  BOOST_TEST(properties.processors == 1U);
  BOOST_TEST(!properties.run_serial);
}

BOOST_AUTO_TEST_CASE(list_discovered_tests_once_their_program_is_built)
{
  const Tree tree;
  const std::string cases = tree.roots.build + "/t[1]_tests.cmake";
  tree.write("CTestTestfile.cmake", "include(\"" + tree.roots.build + "/t[1]_include.cmake\")\n");
  tree.write("t[1]_include.cmake",
             "if(EXISTS \"" + cases + "\")\n  include(\"" + cases +
                 "\")\nelse()\n  add_test(t_NOT_BUILT t_NOT_BUILT)\nendif()\n");
  auto listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  BOOST_TEST(names_of(*listing) == Names{"t_NOT_BUILT"}, boost::test_tools::per_element());
  BOOST_TEST((listing->tests[0].origin == TestOrigin::not_built_placeholder));
  BOOST_TEST(listing->files_missed == Names{cases}, boost::test_tools::per_element());

  tree.write(
      "t[1]_tests.cmake",
      "add_test([=[S.A]=]  /b/t [==[--gtest_filter=S.A]==] --gtest_also_run_disabled_tests)\n"
      "set_tests_properties([=[S.A]=]  PROPERTIES WORKING_DIRECTORY /b)\nset(  t_TESTS S.A)\n");
  listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  BOOST_TEST(names_of(*listing) == Names{"S.A"}, boost::test_tools::per_element());
  BOOST_TEST((listing->tests[0].origin == TestOrigin::declared));
  BOOST_TEST(listing->tests[0].command[1] == "--gtest_filter=S.A");
}

BOOST_AUTO_TEST_CASE(put_off_what_only_a_run_of_the_program_can_list)
{
  const Tree tree;
  const std::string program = tree.roots.build + "/t";
  const std::string cases = tree.roots.build + "/t[1]_tests.cmake";
  const std::string asking = tree.roots.build + "/t[1]_include.cmake";
  tree.write("CTestTestfile.cmake", "include(\"" + asking + "\")\nadd_test(other /b/o)\n");
  tree.write("t[1]_include.cmake",
             "if(EXISTS \"" + program + "\")\n  if(NOT \"" + cases + "\" IS_NEWER_THAN \"" +
                 program + "\" OR NOT EXISTS \"" + cases + "\" OR NOT \"" + cases +
                 "\" IS_NEWER_THAN \"${CMAKE_CURRENT_LIST_FILE}\")\n"
                 "    include(\"/elsewhere/GoogleTestAddTests.cmake\")\n"
                 "    gtest_discover_tests_impl(\n      TEST_EXECUTABLE [==[" +
                 program + "]==])\n  endif()\n  include(\"" + cases +
                 "\")\nelse()\n  add_test(t_NOT_BUILT t_NOT_BUILT)\nendif()\n");
  BOOST_TEST(tree.read()->undiscovered.empty());
  tree.write("t", "");
  auto listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  BOOST_TEST(listing->undiscovered == Names{asking}, boost::test_tools::per_element());
  BOOST_TEST(names_of(*listing) == (Names{"t_NOT_BUILT", "other"}),
             boost::test_tools::per_element());
  BOOST_TEST((listing->tests[0].origin == TestOrigin::not_built_placeholder));

  tree.write("t[1]_tests.cmake", "add_test(S.A /b/t --gtest_filter=S.A)\n");
  listing = tree.read();
  BOOST_TEST(listing->undiscovered.empty());
  BOOST_TEST(names_of(*listing) == (Names{"S.A", "other"}), boost::test_tools::per_element());

  // Configured with other arguments since.
  const auto listed = std::filesystem::last_write_time(cases);
  std::filesystem::last_write_time(asking, listed + std::chrono::seconds(1));
  BOOST_TEST(tree.read()->undiscovered == Names{asking}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(take_relative_directories_from_the_top)
{
  const Tree tree;
  tree.write("CTestTestfile.cmake", "subdirs(sub)\n");
  tree.write("sub/CTestTestfile.cmake",
             "add_test(t x)\nset_tests_properties(t PROPERTIES WORKING_DIRECTORY data)\n");
  BOOST_TEST(tree.read()->tests.at(0).properties->working_directory == tree.roots.build + "/data");
}

BOOST_AUTO_TEST_CASE(name_files_beside_them)
{
  const Tree tree;
  tree.write("CTestTestfile.cmake",
             "include(more/tests.cmake)\nadd_test(outer \"${CMAKE_CURRENT_LIST_DIR}/run.sh\")\n");
  tree.write("more/tests.cmake", "add_test(inner \"${CMAKE_CURRENT_LIST_DIR}/run.sh\")\n");
  const auto listing = tree.read();
  BOOST_REQUIRE(listing);
  BOOST_REQUIRE_EQUAL(listing->tests.size(), 2U);
  BOOST_TEST(listing->tests[0].command[0] == tree.roots.build + "/more/run.sh");
  BOOST_TEST(listing->tests[1].command[0] == tree.roots.build + "/run.sh");
}

BOOST_AUTO_TEST_CASE(follow_conditions)
{
  const struct {
    std::string_view condition;
    bool taken;
  } rows[] = {
      {"CTEST_CONFIGURATION_TYPE MATCHES \"^([Dd][Ee][Bb][Uu][Gg])$\"", true},
      {"\"${CTEST_CONFIGURATION_TYPE}\" MATCHES \"^Release$\"", false},
      {"\"a{2}\" MATCHES \"^a{2}$\" AND NOT aa MATCHES \"^a{2}$\"", true},
      {"\"a\nb\" MATCHES \"^a.b$\"", true},
      {"NOT CTEST_CONFIGURATION_TYPE STREQUAL Debug", false},
      {"EXISTS \"/nonexistent\" OR EXISTS \"/\"", true},
      {"EXISTS / AND IS_DIRECTORY /nonexistent", false},
      {"NOT (EXISTS /nonexistent OR DEFINED nothing)", true},
      {"\"/\" IS_NEWER_THAN \"/nonexistent\"", true},
      {"1 AND NOT 0 AND NOT OFF AND NOT x-NOTFOUND AND (1)", true},
      {"listed", true},
      {"\"unlisted\"", false},
      {"unset", false},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.condition)
    {
      const Tree tree;
      tree.write("CTestTestfile.cmake",
                 "set(listed a b)\nif(" + std::string(row.condition) +
                     ")\n add_test(then x)\n if(1)\n else()\n fancy()\n endif()\nelseif(1)\n"
                     " add_test(otherwise x)\nelse()\n add_test(never x)\nendif()\n");
      const auto listing = tree.read("Debug");
      BOOST_REQUIRE(listing.has_value());
      BOOST_TEST(names_of(*listing) == Names{row.taken ? "then" : "otherwise"},
                 boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(that_grow_without_an_end_are_left_to_cmake)
{
  const Tree tree;
  std::string text = "set(a 0123456789)\n";
  for (int i = 0; i < 64; ++i) {
    text += "set(a \"${a}${a}\")\n";
  }
  tree.write("CTestTestfile.cmake", text);
  const auto listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  BOOST_REQUIRE_EQUAL(listing->unevaluated.size(), 1U);
  BOOST_TEST(listing->unevaluated[0].why.ends_with("cannot be evaluated without running CMake"));
}

BOOST_AUTO_TEST_CASE(that_need_cmake_are_told_with_file_and_line)
{
  const struct {
    std::string_view text;
    std::string_view message;
  } rows[] = {
      {"\nforeach(x a b)\nendforeach()\n",
       ":2: this use of foreach() cannot be evaluated without running CMake"},
      {"if(a VERSION_LESS b)\nendif()\n",
       ":1: the condition of if() cannot be evaluated without running CMake"},
      {"add_test(t $ENV{HOME})\n",
       ":1: an argument of add_test() cannot be evaluated without running CMake"},
      {"add_test(t a@b@c)\n", // ac before CMake 4.0
       ":1: an argument of add_test() cannot be evaluated without running CMake"},
      {"add_test(t \"a\\.b\")\n", // a\.b before
       ":1: an argument of add_test() cannot be evaluated without running CMake"},
      {"add_test(t \"${a b}\")\n", // itself before
       ":1: an argument of add_test() cannot be evaluated without running CMake"},
      {"include(\"/nonexistent\")\n",
       ":1: the file of include() cannot be evaluated without running CMake"},
      {"if(DEFINED ENV{HOME})\nendif()\n",
       ":1: the condition of if() cannot be evaluated without running CMake"},
      {"if(EXISTS beside)\nendif()\n",
       ":1: the condition of if() cannot be evaluated without running CMake"},
      {"add_test(t ${CMAKE_VERSION})\n",
       ":1: an argument of add_test() cannot be evaluated without running CMake"},
      {"if(ON)\nendif()\n", // false before CMake 4.0
       ":1: the condition of if() cannot be evaluated without running CMake"},
      {"set(a b)\nif(\"a\" STREQUAL b)\nendif()\n", // true before
       ":2: the condition of if() cannot be evaluated without running CMake"},
      {"if(UNIX OR UNIX AND y)\nendif()\n", // false since 3.22
       ":1: the condition of if() cannot be evaluated without running CMake"},
      {"if(x MATCHES \"NOT\")\nendif()\n", // an error before
       ":1: the condition of if() cannot be evaluated without running CMake"},
      {"if(a MATCHES \"a(\")\nendif()\n",
       ":1: the condition of if() cannot be evaluated without running CMake"},
      {"message(FATAL_ERROR stop)\n",
       ":1: this use of message() cannot be evaluated without running CMake"},
      {"set(x y PARENT_SCOPE)\n",
       ":1: this use of set() cannot be evaluated without running CMake"},
      {"endif()\n", ":1: endif() without if()"},
      {"if(1)\n", ": an if() is not closed"},
  };

  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.text)
    {
      const Tree tree;
      tree.write("CTestTestfile.cmake", row.text);
      const auto listing = tree.read();
      BOOST_REQUIRE(listing.has_value());
      BOOST_REQUIRE(listing->unevaluated.size() == 1U);
      const std::string file = tree.roots.build + "/CTestTestfile.cmake";
      BOOST_TEST(listing->unevaluated[0].file == file);
      BOOST_TEST(listing->unevaluated[0].why == file + std::string(row.message));
    }
  }
}

BOOST_AUTO_TEST_CASE(label_the_tests_of_a_directory)
{
  const Tree tree;
  tree.write("CTestTestfile.cmake", "add_test(t x)\nsubdirs(x)\nadd_test(other x)\n"
                                    "set_tests_properties(other PROPERTIES WORKING_DIRECTORY /)\n"
                                    "set_directory_properties(PROPERTIES LABELS \"l;k\")\n");
  tree.write("x/CTestTestfile.cmake", "add_test(inner x)\n");
  const auto listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  BOOST_TEST(listing->tests[0].properties->labels == (Names{"k", "l"}),
             boost::test_tools::per_element());
  BOOST_TEST(listing->tests[1].properties->labels.empty());
  BOOST_TEST(listing->tests[2].properties->labels.empty());
}

BOOST_AUTO_TEST_CASE(that_enter_themselves_are_an_error)
{
  const Tree tree;
  tree.write("CTestTestfile.cmake", "subdirs(.)\n");
  BOOST_TEST(tree.read().has_error());
}

BOOST_AUTO_TEST_CASE(that_do_not_exist_list_nothing)
{
  const Tree tree;
  const auto listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  BOOST_TEST(listing->tests.empty());
}

/// How long that takes is what tests/bench/scale measures.
BOOST_AUTO_TEST_CASE(of_fifty_thousand_tests_are_read)
{
  const Tree tree;
  std::string text;
  constexpr int count = 50'000;
  for (int i = 0; i < count; ++i) {
    const std::string name = "[=[test." + std::to_string(i) + "]=]";
    text += "add_test(" + name + " \"/bin/true\" \"" + std::to_string(i) +
            "\")\nset_tests_properties(" + name +
            " PROPERTIES  LABELS \"a;b\" TIMEOUT \"30\" _BACKTRACE_TRIPLES "
            "\"/s/CMakeLists.txt;3;add_test;\")\n";
  }
  tree.write("CTestTestfile.cmake", text);
  const auto listing = tree.read();
  BOOST_REQUIRE(listing.has_value());
  BOOST_TEST(listing->tests.size() == static_cast<std::size_t>(count));
}

BOOST_AUTO_TEST_SUITE_END()
