// CTestCustom.cmake as projects write it.
#include "analyzer/ingest/ctest_custom.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace winnow;
using namespace winnow::ingest;

namespace {

struct Tree {
  tests::ScratchDirectory scratch;
  std::string build = scratch / "build";

  void write(const std::string& name, std::string_view text) const
  {
    tests::write_file(build + "/" + name, text);
  }
};

using Words = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(ctest_custom)

BOOST_AUTO_TEST_CASE(is_nothing_where_there_is_none)
{
  const Tree tree;
  const CTestCustom custom = read_ctest_custom(tree.build, {});
  BOOST_TEST(custom.files.empty());
  BOOST_TEST(!custom.limits.kept_of_passed.has_value());
}

BOOST_AUTO_TEST_CASE(is_read_without_cmake_where_it_is_plain)
{
  const Tree tree;
  tree.write("more.cmake", "list(APPEND CTEST_CUSTOM_TESTS_IGNORE c)\n");
  tree.write("CTestCustom.ctest", "set(CTEST_CUSTOM_TESTS_IGNORE old)\n");
  tree.write(
      "CTestCustom.cmake",
      "message(STATUS hidden)\nset(CTEST_CUSTOM_TESTS_IGNORE a b)\ninclude(more.cmake)\n"
      "if(UNIX)\n set(CTEST_CUSTOM_PRE_TEST \"one \\\"two words\\\"\" \"a\\\\;b\")\nendif()\n"
      "set(CTEST_CUSTOM_POST_TEST)\nset(CTEST_CUSTOM_MAXIMUM_PASSED_TEST_OUTPUT_SIZE 12x)\n"
      "set(CTEST_CUSTOM_MAXIMUM_FAILED_TEST_OUTPUT_SIZE -3)\n"
      "set(CTEST_CUSTOM_TEST_OUTPUT_TRUNCATION middle)\n");
  const CTestCustom custom = read_ctest_custom(tree.build, {});
  BOOST_TEST(custom.problem == "");
  BOOST_TEST(!custom.by_cmake);
  BOOST_TEST(custom.files == Words{tree.build + "/CTestCustom.cmake"},
             boost::test_tools::per_element());
  BOOST_TEST(custom.ignored_tests == (Words{"a", "b", "c"}), boost::test_tools::per_element());
  BOOST_TEST(custom.before_tests == (Words{"one \"two words\"", "a;b"}),
             boost::test_tools::per_element());
  BOOST_TEST(custom.after_tests.empty());
  BOOST_TEST(custom.limits.kept_of_passed.value() == 12U);
  BOOST_TEST(custom.limits.kept_of_failed.value() == 0U);
  BOOST_TEST(custom.limits.truncation == "middle");
}

BOOST_AUTO_TEST_CASE(may_have_a_truncation_that_is_none)
{
  const Tree tree;
  tree.write("CTestCustom.cmake", "set(CTEST_CUSTOM_TEST_OUTPUT_TRUNCATION Middle)\n");
  const CTestCustom custom = read_ctest_custom(tree.build, {});
  BOOST_TEST(custom.limits.truncation == "");
  BOOST_TEST(custom.bad_truncation == "Middle");
}

BOOST_AUTO_TEST_CASE(of_the_old_name_are_looked_for_everywhere_if_one_is_at_the_top)
{
  const Tree tree;
  tree.write("a/b/CTestCustom.ctest", "set(CTEST_CUSTOM_PRE_TEST deep)\n");
  BOOST_TEST(read_ctest_custom(tree.build, {}).files.empty());
  tree.write("CTestCustom.ctest", "set(CTEST_CUSTOM_POST_TEST top)\n");
  tree.write("a/CTestCustom.cmake", "set(CTEST_CUSTOM_PRE_TEST other)\n");
  const CTestCustom custom = read_ctest_custom(tree.build, {});
  BOOST_TEST(custom.files.size() == 2U);
  BOOST_TEST(custom.before_tests == Words{"deep"}, boost::test_tools::per_element());
  BOOST_TEST(custom.after_tests == Words{"top"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(that_need_cmake_are_given_to_it)
{
  const Tree tree;
  tree.write("CTestCustom.cmake", "file(GLOB files *)\n");
  const CTestCustom alone = read_ctest_custom(tree.build, {});
  BOOST_TEST(alone.unevaluated);
  BOOST_TEST(alone.problem == tree.build + "/CTestCustom.cmake:1: this use of file() cannot be "
                                           "evaluated without running CMake");
  const CTestCustom custom =
      read_ctest_custom(tree.build, [&](const CMakeEvaluation& evaluation) -> Result<std::string> {
        BOOST_TEST(evaluation.directory == tree.build);
        // CTEST_CUSTOM_PRE_TEST=x;y
        return std::string("--\n--\n= x43544553545f435553544f4d5f5052455f54455354 x783b79\n"
                           "--\nend\n");
      });
  BOOST_TEST(custom.by_cmake);
  BOOST_TEST(custom.problem == "");
  BOOST_TEST(custom.before_tests == (Words{"x", "y"}), boost::test_tools::per_element());
  const CTestCustom failed =
      read_ctest_custom(tree.build, [](const CMakeEvaluation&) -> Result<std::string> {
        return step_error("no such command");
      });
  BOOST_TEST(failed.problem == "no such command");
  BOOST_TEST(!failed.unevaluated);
}

BOOST_AUTO_TEST_CASE(take_ignored_tests_out_of_a_listing)
{
  TestListing listing;
  for (const char* name : {"a", "b", "a", "c"}) {
    TestDescription test;
    test.key.name = name;
    listing.tests.push_back(test);
    listing.backtraces.emplace_back(name);
  }
  CTestCustom custom;
  custom.ignored_tests = {"a", "absent"};
  ignore_tests(custom, listing);
  BOOST_REQUIRE(listing.tests.size() == 2U);
  BOOST_TEST(listing.tests[1].key.name == "c");
  BOOST_TEST(listing.backtraces == (Words{"b", "c"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
