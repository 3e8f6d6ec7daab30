// Lines of single tests under --repeat and --progress; every form was captured from ctest 3.25.1.
#include "daemon/client/ctest_test_lines.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace winnow;
using namespace winnow::client;

namespace {

struct Lines {
  Lines()
  {
    for (const char* name : {"one", "two"}) {
      TestDescription& test = tests.emplace_back();
      test.key.name = name;
      test.command = {"/bin/true"};
    }
    selection.tests = {{1, 0}, {2, 1}};
  }

  [[nodiscard]] CTestTestLines lines() const { return {CTestTree{}, tests, selection, options}; }

  [[nodiscard]] std::string ended(std::uint32_t attempt, std::size_t completed = 1) const
  {
    return lines().ended({.index = 0, .attempt = attempt, .verdict = Verdict::passed}, completed,
                         "");
  }

  std::vector<TestDescription> tests;
  CTestSelection selection;
  CTestOptions options;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(ctest_test_lines, Lines)

BOOST_AUTO_TEST_CASE(a_repetition_until_a_failure_is_counted_at_its_last_attempt)
{
  options.repeat = Repeat{RepeatMode::until_fail, 2};
  BOOST_TEST(ended(1) == "    Test #1: one ..............................   Passed    0.00 sec\n");
  BOOST_TEST(ended(2) == "1/2 Test #1: one ..............................   Passed    0.00 sec\n");
}

BOOST_AUTO_TEST_CASE(another_repetition_is_counted_at_its_first_attempt)
{
  options.repeat = Repeat{RepeatMode::until_pass, 3};
  BOOST_TEST(ended(1).starts_with("1/2 Test #1"));
  BOOST_TEST(ended(2).starts_with("    Test #1"));
  options.repeat = Repeat{RepeatMode::after_timeout, 3};
  BOOST_TEST(ended(3).starts_with("    Test #1"));
}

BOOST_AUTO_TEST_CASE(a_further_attempt_is_not_announced_again)
{
  options.verbosity = CTestVerbosity::verbose;
  BOOST_TEST(lines().started(0) == "test 1\n    Start 1: one\n");
  BOOST_TEST(lines().started(0, 2) == "    Start 1: one\n");
}

BOOST_AUTO_TEST_CASE(what_an_interrupted_run_has_done_counts)
{
  selection.tests = {{2, 1}};
  selection.done = {{1, 0}};
  BOOST_TEST(ended(1, 2).starts_with("2/2 Test #2: two"));
}

BOOST_AUTO_TEST_CASE(progress_has_the_place_and_the_name)
{
  BOOST_TEST(lines().place(1, 1) == "1/2 Test #2: two");
}

BOOST_AUTO_TEST_SUITE_END()
