// What stands around the tests; every expectation was captured from ctest 3.25.1.
#include "daemon/client/ctest_frame.hpp"
#include "daemon/client/ctest_output.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::client;

BOOST_AUTO_TEST_SUITE(ctest_frame)

BOOST_AUTO_TEST_CASE(verbose_tells_of_the_files_and_of_the_list_first)
{
  CTestTree tree{"/tree"};
  CTestOptions options;
  BOOST_TEST(ctest_opening(tree, options).text_of(StandardStream::output) ==
             "Test project /tree\n");
  options.verbosity = CTestVerbosity::verbose;
  tree.entered = true;
  tree.customized = true;
  tree.ignored = {"old"};
  BOOST_TEST(ctest_opening(tree, options).text_of(StandardStream::output) ==
             "Internal ctest changing into directory: /tree\n"
             "UpdateCTestConfiguration  from :/tree/DartConfiguration.tcl\n"
             " Add coverage exclude regular expressions.\n"
             "UpdateCTestConfiguration  from :/tree/DartConfiguration.tcl\n"
             "Test project /tree\n");
  std::vector<TestDescription> tests(1);
  tests[0].key.name = "setup";
  CTestSelection selection;
  selection.added = {{0, winnow::client::Companion::setup, "db"}};
  BOOST_TEST(
      CTestOutput(tree, tests, selection, options).head().text_of(StandardStream::output) ==
      "Ignore test: old\nDone constructing a list of tests\n"
      "Updating test list for fixtures\n"
      "Added setup test setup required by fixture db\nAdded 1 tests to meet fixture requirements\n"
      "Checking test dependency graph...\nChecking test dependency graph end\n");
}

BOOST_AUTO_TEST_CASE(a_failure_names_the_log_unless_outputs_were_shown)
{
  const CTestTree tree{"/tree"};
  CTestOptions options;
  BOOST_TEST(ctest_failure(tree, options).text_of(StandardStream::error) ==
             "Errors while running CTest\n"
             "Output from these tests are in: /tree/Testing/Temporary/LastTest.log\n"
             "Use \"--rerun-failed --output-on-failure\" to re-run the failed cases verbosely.\n");
  options.output_on_failure = true;
  BOOST_TEST(ctest_failure(tree, options).text_of(StandardStream::error) ==
             "Errors while running CTest\n");
}

BOOST_AUTO_TEST_SUITE_END()
