// The JUnit file of `winnow ctest`; messages were captured from ctest 3.25.1.
#include "daemon/client/ctest_junit.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>

using namespace winnow;
using namespace winnow::client;

namespace {

struct Run {
  void finish(TestResult result, std::string_view output, const CTestRefusal& refusal = {})
  {
    result.key = test.key;
    junit.finished(1, test, result, output, refusal);
  }

  std::string written(const DartConfiguration& tree = {})
  {
    tests::ScratchDirectory scratch;
    BOOST_REQUIRE(junit.write(scratch / "j.xml", tree, 0, 0).has_value());
    std::ifstream file(scratch / "j.xml");
    return {std::istreambuf_iterator<char>(file), {}};
  }

  bool has(const std::string& part) { return written().find(part) != std::string::npos; }

  TestDescription test{{"", "t"}};
  CTestJunit junit{CTestAgreement::but_for_listed, {}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(ctest_junit, Run)

BOOST_AUTO_TEST_CASE(a_failure_names_the_pattern_that_decided)
{
  test.properties.edit().fail_regular_expression = {"E"};
  finish({.verdict = Verdict::failed, .reason = "exit code 0"}, "E");
  BOOST_TEST(
      has("status=\"fail\">\n\t\t<failure message=\"Error regular expression found in output. "
          "Regex=[E]\"/>\n\t\t<system-out>E\n</system-out>"));
}

BOOST_AUTO_TEST_CASE(a_failure_by_exit_code_has_no_message)
{
  finish({.verdict = Verdict::failed, .reason = "exit code 3", .exit_code = 3}, "");
  BOOST_TEST(has("<failure message=\"\"/>"));
}

BOOST_AUTO_TEST_CASE(a_skip_names_its_pattern_before_its_code)
{
  test.properties.edit().skip_return_code = 77;
  test.properties.edit().skip_regular_expression = {"S"};
  finish({.verdict = Verdict::skipped, .exit_code = 77}, "no");
  BOOST_TEST(has("<skipped message=\"SKIP_RETURN_CODE=77\"/>"));
  finish({.verdict = Verdict::skipped, .exit_code = 77}, "S");
  BOOST_TEST(has("<skipped message=\"SKIP_REGULAR_EXPRESSION_MATCHED\"/>"));
}

BOOST_AUTO_TEST_CASE(what_could_not_run_complains_in_its_output)
{
  finish({.verdict = Verdict::not_run}, "", {"Unable to find executable: ./x", "Unable to find"});
  BOOST_TEST(has("<error message=\"Unable to find\"/>\n"
                 "\t\t<system-out>Unable to find executable: ./x</system-out>"));
}

BOOST_AUTO_TEST_CASE(of_a_long_output_ctest_keeps_the_begin_and_winnow_the_end_too)
{
  const std::string output =
      "begin" + std::string(1018, '-') + "\u00f6" + std::string(2000, '-') + "end\n";
  const std::string note = "...\n[This part of the test output was removed since it exceeds the "
                           "threshold of 1024 bytes.]\n";
  finish({.verdict = Verdict::passed}, output);
  BOOST_TEST(has(">begin" + std::string(1018, '-') + note + std::string(1020, '-') + "end\n</"));
  junit = CTestJunit(CTestAgreement::strict, {});
  finish({.verdict = Verdict::passed}, output);
  BOOST_TEST(has(">begin" + std::string(1018, '-') + note + "</"));
}

BOOST_AUTO_TEST_CASE(of_a_long_output_the_part_asked_for_is_left_out)
{
  const std::string note =
      "\n[This part of the test output was removed since it exceeds the threshold of 4 bytes.]\n";
  const auto kept = [&](OutputTruncation truncation, std::string_view output) {
    junit = CTestJunit(CTestAgreement::but_for_listed, {4, 0, truncation});
    finish({.verdict = Verdict::passed}, std::string(output));
  };
  kept(OutputTruncation::head, "123456\n");
  BOOST_TEST(has(">" + note + "...456\n</"));
  kept(OutputTruncation::middle, "123456\n");
  BOOST_TEST(has(">12..." + note + "...6\n</"));
  kept(OutputTruncation::tail, "123456\n");
  BOOST_TEST(has(">1234..." + note + "</"));
  kept(OutputTruncation::tail, "CTEST_FULL_OUTPUT\n");
  BOOST_TEST(has(">CTEST_FULL_OUTPUT\n</"));
  finish({.verdict = Verdict::failed}, "0 keeps all\n");
  BOOST_TEST(has(">0 keeps all\n</"));
}

BOOST_AUTO_TEST_CASE(the_suite_is_called_as_the_build_is)
{
  BOOST_TEST(written().find("name=\"(empty)\"") != std::string::npos);
  const std::string text = written({.build_name = "Linux-c++: <x>", .site = "host"});
  BOOST_TEST(text.find("name=\"Linux-c++ x\"") != std::string::npos);
  BOOST_TEST(text.find("hostname=\"host\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written_is_an_error)
{
  BOOST_TEST(junit.write("/nowhere/j.xml", {}, 0, 0).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
