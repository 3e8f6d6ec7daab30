// What a run leaves in Testing/Temporary; the formats were captured from ctest 3.25.1.
#include "daemon/client/ctest_files.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

using namespace winnow;
using winnow::client::CTestAgreement;
using winnow::client::CTestFiles;
using winnow::client::CTestOptions;
using winnow::client::CTestRefusal;
using winnow::client::CTestSelection;
using winnow::client::CTestTree;

namespace {

/// A build tree with the tests `fast`, `bad` and `off`, numbered 2, 4 and 6 of 6.
struct BuildTree {
  BuildTree()
  {
    BOOST_REQUIRE(::mkdtemp(path.data()) != nullptr);
    for (const char* name : {"fast", "bad", "off"}) {
      TestDescription& test = tests.emplace_back();
      test.key.name = name;
      test.command = {"/bin/" + test.key.name, "an argument"};
      test.properties.edit().working_directory = "/tree";
    }
  }

  ~BuildTree() { std::filesystem::remove_all(path); }

  [[nodiscard]] std::string left(const std::string& name) const
  {
    std::ifstream file(path + "/Testing/Temporary/" + name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  [[nodiscard]] TestResult result(std::uint32_t index, Verdict verdict,
                                  std::int64_t duration_us = 0) const
  {
    return {.key = tests[index].key,
            .index = index,
            .verdict = verdict,
            .started_us = 1'700'000'000'000'000,
            .duration_us = duration_us};
  }

  void run(const std::vector<TestResult>& results, std::string_view output = "",
           const CTestRefusal& refusal = {})
  {
    tree.build_dir = path;
    auto files = CTestFiles::open(tree, tests, selection, options);
    BOOST_REQUIRE(files.has_value());
    for (const TestResult& result : results) {
      files->finished(result, output, refusal);
    }
    BOOST_REQUIRE(files->close().has_value());
  }

  std::string path = std::filesystem::temp_directory_path() / "winnow-ctest-files-XXXXXX";
  CTestTree tree;
  std::vector<TestDescription> tests;
  CTestOptions options;
  CTestSelection selection{{{2, 0}, {4, 1}, {6, 2}}, {9, 0, 9, 1, 9, 2}, {}, {}};
};

/// With every time of day replaced.
std::string timeless(const std::string& text)
{
  return std::regex_replace(text, std::regex("[A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d \\S+"), "NOW");
}

constexpr std::string_view rule = "----------------------------------------------------------\n";

} // namespace

BOOST_FIXTURE_TEST_SUITE(ctest_files, BuildTree)

BOOST_AUTO_TEST_CASE(the_log_has_a_section_for_each_test)
{
  tests[0].properties.edit().labels = {"core"};
  tests[0].properties.edit().processors = 2;
  run({result(0, Verdict::passed, 3'661'250'000)}, "out\r\nlast");
  const std::string line(rule);
  BOOST_TEST(timeless(left("LastTest.log")) ==
             "Start testing: NOW\n" + line +
                 "2/6 Testing: fast\n2/6 Test: fast\n"
                 "Command: \"/bin/fast\" \"an argument\"\nDirectory: /tree\n"
                 "\"fast\" start time: NOW\nOutput:\n" +
                 line + "out\nlast\n<end of output>\nTest time = 3661.25 sec\n" + line +
                 "Test Passed.\n\"fast\" end time: NOW\n\"fast\" time elapsed: 01:01:01\n" + line +
                 "\nEnd testing: NOW\n\ncore = 7322.50 sec*proc\n\n");
}

BOOST_AUTO_TEST_CASE(the_log_gives_the_deciding_pattern)
{
  tests[1].properties.edit().fail_regular_expression = {"E"};
  run({result(1, Verdict::failed)}, "E\n");
  BOOST_TEST(left("LastTest.log")
                 .find("Test Fail Reason:\nError regular expression found in "
                       "output. Regex=[E]\n\"bad\" end time") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_log_says_that_a_run_goes_on_where_another_stopped)
{
  constexpr std::string_view resuming = "\nResuming previously interrupted test set\n---";
  options.failover = true;
  run({result(0, Verdict::passed)});
  BOOST_TEST(left("LastTest.log").find(resuming) == std::string::npos);
  std::ofstream(path + "/Testing/Temporary/CTestCheckpoint.txt"); // before the first test was done
  run({result(0, Verdict::passed)});
  BOOST_TEST(left("LastTest.log").find(resuming) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_log_says_why_a_test_did_not_start)
{
  TestResult missing = result(1, Verdict::not_run);
  run({missing}, "", {"Unable to find required file: /f", "", {"/bin/bad"}});
  const std::string log = left("LastTest.log");
  BOOST_TEST(log.find("Unable to find required file: /f\n4/6 Testing: bad\n") != std::string::npos);
  BOOST_TEST(log.find("Command: \"/bin/bad\"\n") != std::string::npos);
  BOOST_TEST(log.find("Test Failed.\n") != std::string::npos);
  options.agreement = CTestAgreement::strict;
  run({missing});
  BOOST_TEST(left("LastTest.log").find("Test Passed.\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(lists_are_ordered_by_number)
{
  tests[0].key.name = "skipped";
  run({result(2, Verdict::disabled), result(1, Verdict::failed), result(0, Verdict::skipped)});
  BOOST_TEST(left("LastTestsFailed.log") == "4:bad\n");
  BOOST_TEST(left("LastTestsDisabled.log") == "2:skipped\n6:off\n");
}

BOOST_AUTO_TEST_CASE(a_list_of_an_earlier_run_stays_when_there_is_nothing_to_list)
{
  run({result(1, Verdict::timed_out)});
  run({result(0, Verdict::passed), result(2, Verdict::cancelled)});
  BOOST_TEST(left("LastTestsFailed.log") == "4:bad\n");
  BOOST_TEST(!std::filesystem::exists(path + "/Testing/Temporary/LastTestsDisabled.log"));
}

BOOST_AUTO_TEST_CASE(times_of_subprojects_end_the_log_before_those_of_labels)
{
  tree.subprojects = {"core"};
  tests[0].properties.edit().labels = {"core", "fast"};
  const auto end_of_log = [&] {
    run({result(0, Verdict::passed, 1'000'000)});
    const std::string log = timeless(left("LastTest.log"));
    return log.substr(log.find("End testing"));
  };
  BOOST_TEST(end_of_log() ==
             "End testing: NOW\n\ncore =   1.00 sec*proc\n\n\nfast =   1.00 sec*proc\n\n");
  options.label_summary = false;
  BOOST_TEST(end_of_log() == "End testing: NOW\n\ncore =   1.00 sec*proc\n\n");
  options.subproject_summary = false;
  BOOST_TEST(end_of_log() == "End testing: NOW\n");
}

BOOST_AUTO_TEST_CASE(costs_are_means_of_passing_runs)
{
  run({result(0, Verdict::passed, 1'000'000), result(1, Verdict::failed, 5'000'000)});
  BOOST_TEST(left("CTestCostData.txt") == "fast 1 1\nbad 0 0\noff 0 0\n---\nbad\n");
  run({result(0, Verdict::passed, 2'000'000), result(1, Verdict::passed, 250'000)});
  BOOST_TEST(left("CTestCostData.txt") == "fast 2 1.5\nbad 1 0.25\noff 0 0\n---\n");
}

BOOST_AUTO_TEST_CASE(tests_of_one_name_have_a_cost_each)
{
  tests[2].key.name = "fast";
  run({result(2, Verdict::passed, 3'000'000), result(0, Verdict::passed, 1'000'000)});
  BOOST_TEST(left("CTestCostData.txt") == "fast 1 1\nbad 0 0\nfast 1 3\n---\n");
  run({result(0, Verdict::passed, 1'000'000), result(2, Verdict::passed, 5'000'000)});
  BOOST_TEST(left("CTestCostData.txt") == "fast 2 1\nbad 0 0\nfast 2 4\n---\n");
}

BOOST_AUTO_TEST_CASE(costs_of_tests_that_did_not_take_part_stay)
{
  selection.tests = {{2, 0}};
  std::filesystem::create_directories(path + "/Testing/Temporary");
  std::ofstream(path + "/Testing/Temporary/CTestCostData.txt")
      << "a name 3 0.5\nfast 1 4\n---\nbad\n";
  run({result(0, Verdict::passed, 2'000'000)});
  BOOST_TEST(left("CTestCostData.txt") == "a name 3 0.5\nfast 2 3\n---\n");
}

BOOST_AUTO_TEST_CASE(an_attempt_before_another_is_logged_and_counts_as_a_pass_only)
{
  TestResult first = result(0, Verdict::passed, 1'000'000);
  first.again = true;
  run({first, result(0, Verdict::failed)});
  BOOST_TEST(left("CTestCostData.txt").find("fast 1 1\n") != std::string::npos);
  BOOST_TEST(left("LastTestsFailed.log") == "2:fast\n");
  const std::string log = left("LastTest.log");
  BOOST_TEST(log.find("Test Passed.") < log.find("Test Failed."));
}

BOOST_AUTO_TEST_CASE(a_tree_that_cannot_be_written_to_is_an_error)
{
  std::ofstream(path + "/Testing") << "a file";
  const auto files = CTestFiles::open({path}, tests, selection, options);
  BOOST_REQUIRE(files.has_error());
  BOOST_TEST((files.error().kind == ErrorKind::environment));
}

BOOST_AUTO_TEST_SUITE_END()
