// CTest files that only CMake can evaluate; it is played by what it would record.
#include "analyzer/ingest/ctest_files.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <boost/test/unit_test.hpp>

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

/// A recording as CMake would write it.
std::string recording(const std::string& before, const std::string& calls, const std::string& after)
{
  return before + "--\n" + calls + "--\n" + after + "--\nend\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(evaluated_files)

BOOST_AUTO_TEST_CASE(take_what_cmake_recorded_in_the_place_of_what_needs_it)
{
  const Tree tree;
  tree.write("CTestTestfile.cmake", "set(known 1)\nadd_test(first x)\nsubdirs(program)\n"
                                    "subdirs(${dir})\nadd_test(last x)\n");
  tree.write("program/CTestTestfile.cmake",
             "add_test(half x)\nset(known 2)\nforeach(i 1)\nendforeach()\n");
  tree.write("inner/CTestTestfile.cmake", "add_test(inner ${known})\n");
  std::vector<CMakeEvaluation> asked;
  const auto listing = read_ctest_files(
      tree.roots, "Debug", [&](const CMakeEvaluation& evaluation) -> Result<std::string> {
        asked.push_back(evaluation);
        // add_test("a;b" "" "]]"), dir=inner, known=3
        return recording("= x6b6e6f776e x31\n", "add_test x613b62 x x5d5d\n",
                         "= x6b6e6f776e x33\n= x646972 x696e6e6572\n");
      });
  BOOST_REQUIRE(listing.has_value());
  BOOST_TEST(names_of(*listing) == (Names{"first", "program/a;b", "inner/inner", "last"}),
             boost::test_tools::per_element());
  BOOST_TEST(listing->tests[1].command == (Names{"", "]]"}), boost::test_tools::per_element());
  BOOST_TEST(listing->tests[2].command == Names{"3"}, boost::test_tools::per_element());
  BOOST_TEST(listing->unevaluated.empty());
  BOOST_TEST(listing->evaluated != 0U);
  BOOST_REQUIRE(asked.size() == 1U);
  BOOST_TEST(asked[0].files == Names{tree.roots.build + "/program/CTestTestfile.cmake"},
             boost::test_tools::per_element());
  BOOST_TEST(asked[0].directory == tree.roots.build + "/program");
  BOOST_TEST(asked[0].variables.at("known") == "1");
  BOOST_TEST(asked[0].variables.at("CTEST_CONFIGURATION_TYPE") == "Debug");
}

BOOST_AUTO_TEST_CASE(that_change_earlier_tests_before_they_need_cmake_change_them_once)
{
  const Tree tree;
  tree.write("CTestTestfile.cmake", "add_test(first x)\nsubdirs(program)\n");
  tree.write("program/CTestTestfile.cmake",
             "set_tests_properties(first PROPERTIES ENVIRONMENT A=1)\nmacro(m)\nendmacro()\n");
  int asked = 0;
  const auto listing =
      read_ctest_files(tree.roots, "", [&](const CMakeEvaluation&) -> Result<std::string> {
        ++asked;
        // set_tests_properties(first PROPERTIES ENVIRONMENT A=1)
        return recording("",
                         "set_tests_properties x6669727374 x50524f50455254494553 "
                         "x454e5649524f4e4d454e54 x413d31\n",
                         "");
      });
  BOOST_REQUIRE(listing.has_value());
  BOOST_TEST(listing->tests[0].properties->environment == Names{"A=1"},
             boost::test_tools::per_element());
  BOOST_TEST(asked == 1);
}

BOOST_AUTO_TEST_CASE(that_cmake_cannot_evaluate_are_an_error)
{
  const Tree tree;
  tree.write("CTestTestfile.cmake", "foreach(i 1)\nendforeach()\n");
  const auto failed =
      read_ctest_files(tree.roots, "", [](const CMakeEvaluation&) -> Result<std::string> {
        return step_error("it failed");
      });
  BOOST_REQUIRE(failed.has_error());
  BOOST_TEST((failed.error().kind == ErrorKind::step));
  BOOST_TEST(failed.error().message.starts_with("it failed ("));
  const auto damaged =
      read_ctest_files(tree.roots, "", [](const CMakeEvaluation&) -> Result<std::string> {
        return std::string("add_test x6");
      });
  BOOST_TEST(damaged.has_error());
}

BOOST_AUTO_TEST_SUITE_END()
