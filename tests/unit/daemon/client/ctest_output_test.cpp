// What `winnow ctest` prints; every expectation was captured from ctest 3.25.1.
#include "daemon/client/ctest_frame.hpp"
#include "daemon/client/ctest_output.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace winnow;
using namespace winnow::client;

namespace {

/// A build tree with tests, all of them selected unless said otherwise, and what is printed.
struct Session {
  TestDescription& add(const std::string& name)
  {
    TestDescription test;
    test.key.name = name;
    test.command = {"/bin/sh", "-c", "echo " + name};
    test.properties.edit().working_directory = "/tree";
    const auto index = static_cast<std::uint32_t>(tests.size());
    selection.tests.push_back({index + 1, index});
    selection.numbered.push_back(index);
    return tests.emplace_back(std::move(test));
  }

  CTestOutput& output()
  {
    if (!made) {
      made.emplace(tree, tests, selection, options);
    }
    return *made;
  }

  void print(const Printed& printed)
  {
    for (const Printed::Piece& piece : printed.pieces) {
      (piece.stream == StandardStream::output ? out : err) += piece.text;
      both += piece.text;
    }
  }

  void start(std::uint32_t test) { print(output().started({test, 0})); }

  void finish(TestResult result, std::string_view text = "")
  {
    result.key = tests[selection.tests[result.index].test].key;
    print(output().finished({std::move(result)}, text));
  }

  void pass(std::uint32_t test, std::int64_t duration_us = 0)
  {
    start(test);
    finish({.index = test, .verdict = Verdict::passed, .duration_us = duration_us});
  }

  void fail(std::uint32_t test, std::string_view text = "")
  {
    start(test);
    finish({.index = test, .verdict = Verdict::failed, .duration_us = 10'000}, text);
  }

  void begin()
  {
    print(ctest_opening(tree, options));
    print(output().head());
  }

  void end()
  {
    print(output().ended({RunEnd::completed, 420'000}));
    if (output().exit_code() != 0) {
      print(ctest_failure(tree, options));
    }
  }

  CTestTree tree{"/tree"};
  std::vector<TestDescription> tests;
  CTestSelection selection;
  CTestOptions options;
  std::optional<CTestOutput> made;
  std::string out;
  std::string err;
  std::string both; ///< in order
};

/// The line of a single test of #1 with such a result.
std::string line_of(TestResult result, const TestProperties& properties = {},
                    std::string_view text = "")
{
  Session session;
  session.add("t").properties = properties;
  session.start(0);
  session.out.clear();
  session.finish(std::move(result), text);
  constexpr std::string_view head = "1/1 Test #1: t ................................";
  BOOST_REQUIRE_EQUAL(session.out.substr(0, head.size()), head);
  return session.out.substr(head.size());
}

} // namespace

BOOST_AUTO_TEST_SUITE(ctest_output)

BOOST_FIXTURE_TEST_CASE(a_run_that_passes, Session)
{
  add("pass");
  add("envd");
  begin();
  pass(0, 10'000);
  pass(1, 1'234'567);
  end();
  BOOST_TEST(out == "Test project /tree\n"
                    "    Start 1: pass\n"
                    "1/2 Test #1: pass .............................   Passed    0.01 sec\n"
                    "    Start 2: envd\n"
                    "2/2 Test #2: envd .............................   Passed    1.23 sec\n"
                    "\n"
                    "100% tests passed, 0 tests failed out of 2\n"
                    "\n"
                    "Total Test time (real) =   0.42 sec\n");
  BOOST_TEST(err == "");
  BOOST_TEST(output().exit_code() == 0);
}

BOOST_FIXTURE_TEST_CASE(a_run_with_every_kind_of_end, Session)
{
  add("pass");
  add("fails");
  add("off").properties.edit().disabled = true;
  add("skip_code");
  selection.tests = {{1, 0}, {3, 1}, {17, 2}, {18, 3}};
  fail(1, "bad\n");
  finish({.index = 2, .verdict = Verdict::disabled});
  start(3);
  finish({.index = 3, .verdict = Verdict::skipped});
  pass(0);
  end();
  BOOST_TEST(out ==
             "    Start  3: fails\n"
             "1/4 Test  #3: fails ............................***Failed    0.01 sec\n"
             "    Start 17: off\n"
             "2/4 Test #17: off ..............................***Not Run (Disabled)   0.00 sec\n"
             "    Start 18: skip_code\n"
             "3/4 Test #18: skip_code ........................***Skipped   0.00 sec\n"
             "    Start  1: pass\n"
             "4/4 Test  #1: pass .............................   Passed    0.00 sec\n"
             "\n"
             "67% tests passed, 1 tests failed out of 3\n"
             "\n"
             "Total Test time (real) =   0.42 sec\n"
             "\n"
             "The following tests did not run:\n"
             "\t 17 - off (Disabled)\n"
             "\t 18 - skip_code (Skipped)\n"
             "\n"
             "The following tests FAILED:\n"
             "\t  3 - fails (Failed)\n");
  BOOST_TEST(err ==
             "Errors while running CTest\n"
             "Output from these tests are in: /tree/Testing/Temporary/LastTest.log\n"
             "Use \"--rerun-failed --output-on-failure\" to re-run the failed cases verbosely.\n");
  BOOST_TEST(output().exit_code() == 8);
}

BOOST_FIXTURE_TEST_CASE(names_and_numbers_share_columns, Session)
{
  for (int test = 0; test < 10; ++test) {
    add(test == 3 ? std::string(101, 'n') : "short");
  }
  pass(0);
  BOOST_TEST(out == "      Start  1: short\n"
                    " 1/10 Test  #1: short " +
                        std::string(99, '.') + "   Passed    0.00 sec\n");
}

BOOST_AUTO_TEST_CASE(ends_have_marks)
{
  BOOST_TEST(line_of({.verdict = Verdict::timed_out, .duration_us = 300'000}) ==
             "***Timeout   0.30 sec\n");
  const auto crash = [](int signal) {
    return line_of({.verdict = Verdict::crashed, .signal = signal});
  };
  BOOST_TEST(crash(SIGSEGV) == "***Exception: SegFault  0.00 sec\n");
  BOOST_TEST(crash(SIGFPE) == "***Exception: Numerical  0.00 sec\n");
  BOOST_TEST(crash(SIGABRT) == "Subprocess aborted***Exception:   0.00 sec\n");
  BOOST_TEST(crash(SIGPIPE) == "SIGPIPE***Exception:   0.00 sec\n");
  BOOST_TEST(crash(SIGPOLL) == "SIGPOLL***Exception:   0.00 sec\n");
  BOOST_TEST(crash(40) == "Signal 40***Exception:   0.00 sec\n");
}

BOOST_AUTO_TEST_CASE(deciding_patterns_are_shown)
{
  const TestResult failed{.verdict = Verdict::failed};
  BOOST_TEST(line_of(failed, {.fail_regular_expression = {"zz", "E.R"}}, "ERR boo") ==
             "***Failed  Error regular expression found in output. Regex=[E.R]  0.00 sec\n");
  BOOST_TEST(line_of(failed, {.pass_regular_expression = {"yes", "oui"}}, "nope") ==
             "***Failed  Required regular expression not found. Regex=[yes\noui\n]  0.00 sec\n");
  BOOST_TEST(
      line_of(failed, {.will_fail = true, .pass_regular_expression = {"no", "yes"}}, "yes") ==
      "***Failed  Required regular expression found. Regex=[yes]  0.00 sec\n");
  BOOST_TEST(line_of({.verdict = Verdict::timed_out}, {.fail_regular_expression = {"E"}}, "E") ==
             "***Timeout   0.00 sec\n");
}

BOOST_FIXTURE_TEST_CASE(failed_tests_repeat_their_output_when_asked, Session)
{
  options.output_on_failure = true;
  add("nonl");
  add("empty");
  add("good");
  fail(0, "a\r\n\nb");
  fail(1);
  start(2);
  finish({.index = 2, .verdict = Verdict::passed}, "not shown\n");
  end();
  BOOST_TEST(
      out.starts_with("    Start 1: nonl\n"
                      "1/3 Test #1: nonl .............................***Failed    0.01 sec\n"
                      "a\n\nb\n\n"
                      "    Start 2: empty\n"
                      "2/3 Test #2: empty ............................***Failed    0.01 sec\n"
                      "\n"
                      "    Start 3: good\n"
                      "3/3 Test #3: good .............................   Passed    0.00 sec\n"
                      "\n33% tests passed"));
  BOOST_TEST(err == "Errors while running CTest\n");
}

BOOST_FIXTURE_TEST_CASE(times_of_subprojects_come_before_those_of_labels, Session)
{
  tree.subprojects = {"net"};
  add("a").properties.edit().labels = {"net", "core"};
  pass(0, 500'000);
  end();
  BOOST_TEST(out.find("\n\nSubproject Time Summary:\n"
                      "net    =   0.50 sec*proc (1 test)\n"
                      "\nLabel Time Summary:\n"
                      "core    =   0.50 sec*proc (1 test)\n\nTotal Test time") != out.npos);
}

BOOST_FIXTURE_TEST_CASE(tests_that_cannot_start_say_why, Session)
{
  options.configuration = "Debug";
  add("exe").command = {"bin/none"};
  add("file");
  add("directory");
  add("unconfigured").command = {"NOT_AVAILABLE"};
  tree.has_program = [](const TestDescription& test) { return test.command[0] != "bin/none"; };
  tree.has_directory = [](const TestDescription& test) { return test.key.name != "directory"; };
  tests[2].properties.edit().working_directory = "/d";
  start(0);
  finish({.index = 0, .verdict = Verdict::not_run, .reason = "cannot find bin/none: is it built?"});
  finish({.index = 1, .verdict = Verdict::not_run, .reason = "required file /f is missing"});
  finish({.index = 2, .verdict = Verdict::not_run, .reason = "failed test dependencies: x"});
  finish({.index = 3, .verdict = Verdict::not_run, .reason = "cannot find NOT_AVAILABLE"});
  BOOST_TEST(
      out.starts_with("    Start 1: exe\n"
                      "Could not find executable bin/none\n"
                      "Looked in the following places:\n"
                      "bin/none\nbin/none\nbin/Debug/none\nbin/Debug/none\n"
                      "Debug/bin/none\nDebug/bin/none\n"
                      "1/4 Test #1: exe ..............................***Not Run   0.00 sec\n"
                      "    Start 2: file\n"
                      "2/4 Test #2: file "));
  BOOST_TEST(err == "Unable to find executable: bin/none\n"
                    "Unable to find required file: /f\n"
                    "Failed to change working directory to /d : No such file or directory\n"
                    "Test not available in configuration \"Debug\".\n");
  BOOST_TEST(both.find("    Start 2: file\n"
                       "Unable to find required file: /f\n2/4 Test #2: file ") != both.npos);
}

BOOST_FIXTURE_TEST_CASE(a_failed_setup_is_named, Session)
{
  add("s1").properties.edit().fixtures_setup = {"f"};
  add("s2").properties.edit().fixtures_setup = {"other"};
  add("u").properties.edit().fixtures_required = {"f"};
  fail(0);
  fail(1);
  out.clear();
  finish({.index = 2, .verdict = Verdict::not_run, .reason = "setup s1 failed"});
  BOOST_TEST(out == "    Start 3: u\n"
                    "Failed test dependencies: s1\n"
                    "3/3 Test #3: u ................................***Not Run   0.00 sec\n");
  BOOST_TEST(err == "");
}

BOOST_FIXTURE_TEST_CASE(no_tests_succeed_unless_asked_otherwise, Session)
{
  end();
  BOOST_TEST(out == "");
  BOOST_TEST(err == "No tests were found!!!\n");
  BOOST_TEST(output().exit_code() == 0);
  options.no_tests = NoTests::ignore;
  BOOST_TEST(output().ended({}).pieces.empty());
  options.no_tests = NoTests::fail;
  err.clear();
  end();
  BOOST_TEST(err.starts_with("No tests were found!!!\nErrors while running CTest\nOutput from"));
  BOOST_TEST(output().exit_code() == 8);
}

BOOST_FIXTURE_TEST_CASE(disabled_tests_alone_are_no_tests, Session)
{
  add("off").properties.edit().disabled = true;
  finish({.index = 0, .verdict = Verdict::disabled});
  end();
  BOOST_TEST(out ==
             "    Start 1: off\n"
             "1/1 Test #1: off ..............................***Not Run (Disabled)   0.00 sec\n");
  BOOST_TEST(err == "No tests were found!!!\n");
}

BOOST_FIXTURE_TEST_CASE(what_never_began_is_left_out, Session)
{
  options.stop_on_failure = true;
  add("a");
  add("b");
  fail(0);
  finish({.index = 1, .verdict = Verdict::cancelled});
  end();
  BOOST_TEST(out.find("Start 2") == std::string::npos);
  BOOST_TEST(out.find("0% tests passed, 1 tests failed out of 1\n") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_listing, Session)
{
  add("pass");
  add("off").properties.edit().disabled = true;
  selection.tests[1].number = 17;
  BOOST_TEST(output().listing().text_of(StandardStream::output) == "  Test  #1: pass\n"
                                                                   "  Test #17: off (Disabled)\n"
                                                                   "\nTotal Tests: 2\n");
}

BOOST_FIXTURE_TEST_CASE(verbose_shows_commands_and_prefixes_lines, Session)
{
  options.verbosity = CTestVerbosity::verbose;
  options.filters.patterns.include = {"par"}; // else ctest lists no passed tests
  TestDescription& test = add("par");
  test.command = {"/bin/sh", "-c", "echo x"};
  test.properties.edit().environment = {"A=b"};
  test.properties.edit().environment_modification = {"X=set:1"};
  test.properties.edit().timeout_s = 20.5;
  start(0);
  print(output().piece(0, "one\r\n\ntw"));
  print(output().piece(0, "o"));
  finish({.index = 0, .verdict = Verdict::passed}, "one\n\ntwo");
  end();
  BOOST_TEST(out == "test 1\n"
                    "    Start 1: par\n"
                    "\n"
                    "1: Test command: /bin/sh \"-c\" \"echo x\"\n"
                    "1: Working Directory: /tree\n"
                    "1: Environment variables: \n"
                    "1:  A=b\n"
                    "1: Environment variable modifications: \n"
                    "1:  X=set:1\n"
                    "1: Test timeout computed to be: 20\n"
                    "1: one\n"
                    "1: \n"
                    "1: two\n"
                    "1/1 Test #1: par ..............................   Passed    0.00 sec\n"
                    "\n"
                    "The following tests passed:\n"
                    "\tpar\n"
                    "\n"
                    "100% tests passed, 0 tests failed out of 1\n"
                    "\n"
                    "Total Test time (real) =   0.42 sec\n");
}

BOOST_FIXTURE_TEST_CASE(tests_and_labels_are_listed_or_said_not_to_be, Session)
{
  BOOST_TEST(output().listing().text_of(StandardStream::output) == "\nTotal Tests: 0\n");
  made.reset();
  add("a").properties.edit().labels = {"slow", "net"};
  BOOST_TEST(output().labels().text_of(StandardStream::output) == "All Labels:\n  net\n  slow\n");
  tests[0].properties.edit().labels.clear();
  BOOST_TEST(output().labels().text_of(StandardStream::output) == "No Labels Exist\n");
}

BOOST_FIXTURE_TEST_CASE(a_terminal_has_colours, Session)
{
  options.colored = true;
  add("a");
  fail(0);
  end();
  BOOST_TEST(out.find("0% tests passed\x1b[0;0m, \x1b[0;31m1 tests failed\x1b[0;0m") != out.npos);
  BOOST_TEST(out.find("\t\x1b[0;31m  1 - a (Failed)\x1b[0;0m\n") != out.npos);
}

BOOST_AUTO_TEST_SUITE_END()
