// Tests of whole attempts at tests, with real programs.
#include "daemon/execute/test_execution.hpp"
#include "daemon/execute/tree_usage.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace winnow;
using namespace winnow::execute;

namespace {

struct ExecutionFixture {
  tests::ScratchDirectory scratch;
  boost::asio::io_context io;
  std::string log_path = scratch / "output";
  OutputLog log = std::move(OutputLog::open(log_path).value());
  RunContext run;
  RequestedTest test;
  std::optional<ResourceAllocation> resources;

  ExecutionFixture()
  {
    run.run_id = "0123456789";
    run.surroundings.environment = {"PATH=/usr/bin:/bin", "TMPDIR=" + scratch.path()};
    run.surroundings.directory = scratch.path();
    test.chunk = 2;
    test.description.key = {"dir", "name"};
    test.description.properties.edit().working_directory = scratch.path();
  }

  FinishedTest execute(const std::vector<std::string>& command)
  {
    test.description.command = command;
    std::optional<FinishedTest> finished;
    const auto execution = start_test(io.get_executor(), test, {7, 3, resources}, run, log,
                                      [&](FinishedTest result) { finished = std::move(result); });
    BOOST_TEST(!finished.has_value());
    io.restart();
    io.run();
    BOOST_REQUIRE(finished.has_value());
    return *finished;
  }

  FinishedTest shell(const std::string& script) { return execute({"/bin/sh", "-c", script}); }

  std::string output_of(const FinishedTest& finished) const
  {
    std::ifstream file(log_path);
    const std::string all{std::istreambuf_iterator<char>(file), {}};
    return all.substr(finished.output.offset, finished.output.length);
  }

  void check_not_run(const FinishedTest& finished, const std::string& reason)
  {
    BOOST_CHECK(finished.result.verdict == Verdict::not_run);
    BOOST_TEST(finished.result.reason.find(reason) != std::string::npos, finished.result.reason);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(test_executions, ExecutionFixture)

BOOST_AUTO_TEST_CASE(a_result_says_what_was_run_and_what_became_of_it)
{
  const FinishedTest finished = shell("echo hello; exit 3");
  const TestResult& result = finished.result;
  BOOST_CHECK((result.key == TestKey{"dir", "name"}));
  BOOST_TEST(result.index == 7U);
  BOOST_TEST(result.attempt == 3U);
  BOOST_TEST(result.chunk == 2U);
  BOOST_CHECK(result.verdict == Verdict::failed);
  BOOST_TEST(result.reason == "exit code 3");
  BOOST_TEST(result.exit_code == 3);
  BOOST_TEST(result.output_bytes == 6U);
  BOOST_TEST(result.duration_us > 0);
  BOOST_TEST(output_of(finished) == "hello\n");
}

BOOST_AUTO_TEST_CASE(what_a_running_test_uses_can_be_asked_by_its_leader)
{
  TreeUsages usages;
  const auto start = [&](const std::vector<std::string>& command) {
    test.description.command = command;
    return start_test(io.get_executor(), test, {}, run, log, [](const FinishedTest&) {});
  };
  const auto absent = start({scratch / "absent"});
  BOOST_TEST(!absent->leader().has_value());
  const auto execution = start({"/bin/sh", "-c", "sleep 60 | sleep 60"});
  const pid_t leader = execution->leader().value();
  usages.follow(leader);
  BOOST_TEST(tests::eventually([&] {
    usages.look();
    return usages.of(leader).value().processes == 3;
  }));
  BOOST_TEST(usages.of(leader).value().memory_bytes.value() > 0U);
}

BOOST_AUTO_TEST_CASE(outputs_of_several_tests_do_not_mix)
{
  const FinishedTest first = shell("echo a longer first one");
  const FinishedTest second = shell("echo two");
  BOOST_TEST(output_of(first) == "a longer first one\n");
  BOOST_TEST(output_of(second) == "two\n");
}

BOOST_AUTO_TEST_CASE(expressions_see_the_whole_output_though_less_is_kept)
{
  test.description.properties.edit().pass_regular_expression = {"^start.*middle.*end\n$"};
  const FinishedTest finished =
      shell("echo start; head -c 6000000 /dev/zero | tr '\\0' x; echo middle;"
            "head -c 6000000 /dev/zero | tr '\\0' x; echo end");
  BOOST_CHECK(finished.result.verdict == Verdict::passed);
  BOOST_TEST(finished.result.output_bytes > 12'000'000U);
  BOOST_TEST(finished.output.length < 300'000U);
  BOOST_TEST(output_of(finished).ends_with("end\n"));
}

BOOST_AUTO_TEST_CASE(what_keeps_it_from_starting_is_the_reason)
{
  check_not_run(execute({scratch / "absent"}),
                "cannot find " + (scratch / "absent") + ": is it built?");
  check_not_run(execute({"no-such-program"}), "cannot find no-such-program: is it built?");
  check_not_run(execute({}), "no command");
  test.description.properties.edit().required_files = {"/bin/sh", "needed.txt"};
  check_not_run(execute({"true"}), "required file needed.txt is missing");
  std::ofstream(scratch / "needed.txt") << "";
  BOOST_CHECK(execute({"true"}).result.verdict == Verdict::passed);
  test.description.properties.edit().environment_modification = {"A=wrong:b"};
  check_not_run(execute({"true"}), "wrong");
  test.description.properties.edit().environment_modification = {};
  test.description.properties.edit().fail_regular_expression = {"a**"};
  check_not_run(execute({"true"}), "a**");
  test.description.properties.edit().fail_regular_expression = {};
  test.description.properties.edit().working_directory = scratch / "gone";
  check_not_run(execute({"true"}), "gone does not exist");
}

BOOST_AUTO_TEST_CASE(a_disabled_test_is_not_started)
{
  test.description.properties.edit().disabled = true;
  const FinishedTest finished = shell("touch ran");
  BOOST_CHECK(finished.result.verdict == Verdict::disabled);
  BOOST_TEST(!std::filesystem::exists(scratch / "ran"));
}

BOOST_AUTO_TEST_CASE(a_program_is_found_in_the_working_directory_before_the_path)
{
  std::ofstream(scratch / "true") << "#!/bin/sh\necho mine\n";
  std::filesystem::permissions(scratch / "true", std::filesystem::perms::owner_all);
  BOOST_TEST(output_of(execute({"true"})) == "mine\n");
  BOOST_TEST(output_of(execute({"./true"})) == "mine\n");
  BOOST_TEST(output_of(execute({"echo", "found"})) == "found\n");
}

BOOST_AUTO_TEST_CASE(a_test_has_a_temporary_directory_of_its_own_that_is_removed)
{
  const FinishedTest finished =
      shell("mkdir \"$TEST_TMPDIR/sub\"; touch \"$TEST_TMPDIR/sub/file\"; echo $TEST_TMPDIR;"
            "echo $WINNOW_TEST_NAME $WINNOW_RUN_ID $WINNOW_ATTEMPT");
  const std::string output = output_of(finished);
  const std::string directory = output.substr(0, output.find('\n'));
  BOOST_TEST(directory.starts_with(scratch.path()));
  BOOST_TEST(!std::filesystem::exists(directory));
  BOOST_TEST(output.ends_with("dir/name 0123456789 3\n"));
  check_not_run(execute({"absent"}), "absent");
  for (const auto& entry : std::filesystem::directory_iterator(scratch.path())) {
    BOOST_TEST(entry.path() == log_path);
  }
}

BOOST_AUTO_TEST_CASE(no_test_has_the_temporary_directory_of_another)
{
  BOOST_TEST(output_of(shell("echo $TEST_TMPDIR")) != output_of(shell("echo $TEST_TMPDIR")));
}

BOOST_AUTO_TEST_CASE(what_escaped_from_one_test_is_not_the_output_of_the_next)
{
  shell("setsid sh -c 'until [ -e go ]; do sleep 0.01; done; echo ALL GOOD; touch done' &");
  test.description.properties.edit().pass_regular_expression = {"ALL GOOD"};
  const FinishedTest finished = shell("touch go; until [ -e done ]; do sleep 0.01; done");
  BOOST_CHECK(finished.result.verdict == Verdict::failed);
  BOOST_TEST(output_of(finished) == "");
}

BOOST_AUTO_TEST_CASE(under_ctest_nothing_of_winnow_is_seen)
{
  run.dialect = Dialect::ctest;
  run.surroundings.environment.emplace_back("CTEST_RESOURCE_GROUP_COUNT=2");
  BOOST_TEST(output_of(shell("env | grep -e ^WINNOW -e ^TEST_ -e ^CTEST_")) == "");
}

BOOST_AUTO_TEST_CASE(a_test_is_told_what_resources_are_its_own)
{
  run.dialect = Dialect::ctest;
  test.description.properties.edit().environment = {"CTEST_RESOURCE_GROUP_COUNT=9"};
  resources = ResourceAllocation{{{"gpus", "0", 2}}};
  BOOST_TEST(output_of(shell("env | grep ^CTEST_RESOURCE | sort")) ==
             "CTEST_RESOURCE_GROUP_0=gpus\nCTEST_RESOURCE_GROUP_0_GPUS=id:0,slots:2\n"
             "CTEST_RESOURCE_GROUP_COUNT=1\n");
  resources.reset();
  BOOST_TEST(output_of(shell("env | grep ^CTEST_RESOURCE")) == "");
}

BOOST_AUTO_TEST_CASE(the_timeout_of_the_test_beats_that_of_the_run)
{
  run.timeouts.timeout_s = 0.1;
  BOOST_CHECK(shell("sleep 60").result.verdict == Verdict::timed_out);
  test.description.properties.edit().timeout_s = 0;
  BOOST_CHECK(shell("sleep 0.2").result.verdict == Verdict::passed);
  run.timeouts.timeout_s = 600;
  test.description.properties.edit().timeout_s = 0.1;
  BOOST_CHECK(shell("sleep 60").result.verdict == Verdict::timed_out);
}

BOOST_AUTO_TEST_CASE(what_a_test_wrote_before_its_timeout_is_kept)
{
  std::string output;
  // Under load the timeout may strike before anything is written: then there is more time.
  for (double timeout_s = 0.1; output.empty(); timeout_s *= 2) {
    test.description.properties.edit().timeout_s = timeout_s;
    const FinishedTest finished = shell("echo begun; sleep 600");
    BOOST_CHECK(finished.result.verdict == Verdict::timed_out);
    output = output_of(finished);
  }
  BOOST_TEST(output == "begun\n");
}

BOOST_AUTO_TEST_CASE(what_a_setup_left_is_handed_over)
{
  test.description.properties.edit().fixtures_setup = {"server"};
  FinishedTest finished = shell("sleep 63 & echo $TEST_TMPDIR");
  BOOST_CHECK(finished.result.verdict == Verdict::passed);
  BOOST_TEST(finished.result.leaked.empty());
  BOOST_REQUIRE(finished.kept);
  BOOST_TEST(finished.kept->command_lines().size() == 1U);
  std::string directory = output_of(finished);
  directory.pop_back();
  BOOST_TEST(std::filesystem::exists(directory));
  BOOST_TEST(output_of(shell("echo $TEST_TMPDIR")) != directory + "\n");
  finished.kept.reset();
  BOOST_TEST(!std::filesystem::exists(directory));
}

BOOST_AUTO_TEST_CASE(killing_cancels_it)
{
  test.description.command = {"/bin/sh", "-c", "echo begun; touch begun; sleep 60"};
  std::optional<FinishedTest> finished;
  auto execution = start_test(io.get_executor(), test, {0, 1}, run, log,
                              [&](FinishedTest result) { finished = std::move(result); });
  while (!std::filesystem::exists(scratch / "begun")) {
    io.poll();
  }
  BOOST_TEST(execution->output()->read(0, 100) == "begun\n");
  execution->kill();
  io.run();
  BOOST_REQUIRE(finished.has_value());
  BOOST_CHECK(finished->result.verdict == Verdict::cancelled);
  BOOST_TEST(output_of(*finished) == "begun\n");
}

BOOST_AUTO_TEST_CASE(destroying_it_is_silent)
{
  test.description.command = {"sleep", "60"};
  auto execution = start_test(io.get_executor(), test, {0, 1}, run, log,
                              [](FinishedTest) { BOOST_ERROR("told"); });
  execution.reset();
  io.run();
}

BOOST_AUTO_TEST_CASE(a_match_gives_a_test_another_time)
{
  TestProperties& properties = test.description.properties.edit();
  properties.timeout_s = 60;
  properties.timeout_after_match = TimeoutAfterMatch{0.1, {"re.dy"}};
  const TestResult late = shell("echo rea; echo ready; sleep 60").result;
  BOOST_CHECK(late.verdict == Verdict::timed_out);
  BOOST_TEST(late.duration_us < 30'000'000);
  BOOST_CHECK(shell("echo rea; sleep 0.2").result.verdict == Verdict::passed);
  BOOST_CHECK(shell("printf ready; sleep 0.2").result.verdict == Verdict::passed); // no line yet
  properties.timeout_after_match->regular_expressions = {"("};
  check_not_run(shell("true"), "TIMEOUT_AFTER_MATCH");
}

BOOST_AUTO_TEST_CASE(under_ctest_the_time_counts_from_the_match)
{
  test.description.properties.edit().timeout_after_match = TimeoutAfterMatch{60, {"ready"}};
  const std::string script = "sleep 0.6; echo ready";
  const std::int64_t nearly_all_us = 500'000; // our clock begins once the program has been started
  BOOST_TEST(shell(script).result.duration_us >= nearly_all_us);
  run.dialect = Dialect::ctest;
  BOOST_TEST(shell(script).result.duration_us < nearly_all_us);
}

BOOST_AUTO_TEST_CASE(a_test_that_heeds_its_timeout_signal_is_told_so)
{
  TestProperties& properties = test.description.properties.edit();
  properties.timeout_s = 0.3;
  properties.timeout_signal_name = "SIGUSR1";
  const FinishedTest finished = shell("trap 'echo bye; exit 0' USR1; while :; do sleep 0.01; done");
  BOOST_CHECK(finished.result.verdict == Verdict::timed_out);
  BOOST_TEST(finished.result.reason.ends_with(", ended by its TIMEOUT_SIGNAL_NAME"));
  BOOST_TEST(output_of(finished) == "bye\n");
  properties.timeout_signal_grace_s = 0.1;
  BOOST_TEST(!shell("trap '' USR1; sleep 60; sleep 60").result.reason.ends_with("NAME"));
}

BOOST_AUTO_TEST_CASE(the_end_of_its_run_sends_no_signal)
{
  test.description.properties.edit().timeout_signal_name = "SIGUSR1";
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  run.timeouts.stop_at_us =
      std::chrono::duration_cast<std::chrono::microseconds>(now).count() + 500'000;
  const FinishedTest finished = shell("trap 'echo bye; exit 0' USR1; while :; do sleep 0.01; done");
  BOOST_CHECK(finished.result.verdict == Verdict::timed_out);
  BOOST_TEST(finished.result.reason == "the run's stop time came");
  BOOST_TEST(output_of(finished) == "");
}

BOOST_AUTO_TEST_SUITE_END()
