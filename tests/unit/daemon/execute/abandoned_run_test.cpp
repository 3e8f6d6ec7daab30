// Tests of which processes belong to an abandoned run, with real ones.
#include "daemon/execute/abandoned_run.hpp"
#include "daemon/execute/output_file.hpp"
#include "daemon/execute/process_group.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <linux/close_range.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <vector>

using namespace winnow;
using namespace winnow::execute;

namespace {

/// Shells that run until they are killed; the rest is killed at the end.
struct AbandonedFixture {
  tests::ScratchDirectory scratch;
  std::string log_path = scratch / "output";
  OutputLog log = std::move(OutputLog::open(log_path).value());
  std::vector<pid_t> started;

  ~AbandonedFixture()
  {
    for (const pid_t pid : started) {
      ::kill(pid, SIGKILL);
      ::waitpid(pid, nullptr, 0);
    }
  }

  /// A process with this variable, standard output and third descriptor (-1: /dev/null).
  pid_t start(std::string variable, int output, int other, std::string script = "exec sleep 600")
  {
    const int nothing = ::open("/dev/null", O_RDWR);
    int execed[2]; // open in the new process until it is a shell
    BOOST_REQUIRE(::pipe2(execed, O_CLOEXEC) == 0);
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::dup2(output < 0 ? nothing : output, 1);
      ::dup2(nothing, 2);
      ::dup2(other < 0 ? nothing : other, 3);
      ::close_range(4, ~0U, CLOSE_RANGE_CLOEXEC);
      std::string path = "PATH=/usr/bin:/bin";
      std::string shell = "/bin/sh";
      std::string option = "-c";
      char* const arguments[] = {shell.data(), option.data(), script.data(), nullptr};
      char* const environment[] = {path.data(), variable.data(), nullptr};
      ::execve(shell.c_str(), arguments, environment);
      ::_exit(127);
    }
    ::close(nothing);
    ::close(execed[1]);
    char none = 0;
    BOOST_TEST(::read(execed[0], &none, 1) == 0);
    ::close(execed[0]);
    started.push_back(pid);
    return pid;
  }

  /// Whether it has been killed; reaps it then.
  bool has_ended(pid_t pid)
  {
    const bool ended = ::waitpid(pid, nullptr, WNOHANG) == pid;
    if (ended) {
      std::erase(started, pid);
    }
    return ended;
  }

  /// Returns once the process is this command, after an exec of its own.
  static void wait_for_command(pid_t pid, const std::string& line)
  {
    while (command_line(pid) != line) {
      ::usleep(1000);
    }
  }

  std::vector<std::string> end_run() const { return end_processes_of_run("0run", log_path); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(abandoned_runs, AbandonedFixture)

BOOST_AUTO_TEST_CASE(a_process_with_the_run_in_its_environment_is_ended)
{
  const pid_t marked = start("WINNOW_RUN_ID=0run", -1, -1);
  const pid_t other = start("WINNOW_RUN_ID=0run1", -1, -1);
  const pid_t similar = start("NOT_WINNOW_RUN_ID=0run", -1, -1);
  wait_for_command(marked, "sleep 600");
  const std::vector<std::string> ended = end_run();
  BOOST_TEST(ended == std::vector<std::string>{"sleep 600"}, boost::test_tools::per_element());
  BOOST_TEST(has_ended(marked));
  BOOST_TEST(!has_ended(other));
  BOOST_TEST(!has_ended(similar));
}

BOOST_AUTO_TEST_CASE(a_process_that_execs_all_the_time_is_ended)
{
  // In the midst of an exec its environment cannot be read.
  for (int round = 0; round < 50; ++round) {
    const pid_t marked = start("WINNOW_RUN_ID=0run", -1, -1,
                               "export again='exec /bin/sh -c \"$again\"'; eval \"$again\"");
    BOOST_TEST(end_run().size() == 1U);
    BOOST_TEST(has_ended(marked));
  }
}

BOOST_AUTO_TEST_CASE(a_process_that_writes_to_a_file_of_the_run_is_ended)
{
  const SpillFile file = std::move(log.create_spill().value());
  const int named = ::open(log_path.c_str(), O_RDWR);
  const pid_t writer = start("A=b", file.descriptor(), -1);
  const pid_t reader = start("A=b", -1, file.descriptor()); // somebody who looks at it
  const pid_t log_user = start("A=b", named, -1);
  ::close(named);
  BOOST_TEST(end_run().size() == 1U);
  BOOST_TEST(has_ended(writer));
  BOOST_TEST(!has_ended(reader));
  BOOST_TEST(!has_ended(log_user));
}

BOOST_AUTO_TEST_CASE(descendants_are_ended_even_in_a_session_of_their_own)
{
  const std::string child = scratch / "child";
  BOOST_REQUIRE(::mkfifo(child.c_str(), 0600) == 0);
  const pid_t marked =
      start("WINNOW_RUN_ID=0run", -1, -1,
            "env -i setsid sh -c 'echo $$ > " + child + "; exec sleep 601' & exec sleep 602");
  std::string pid;
  std::getline(std::ifstream(child), pid);
  std::vector<std::string> ended = end_run();
  std::sort(ended.begin(), ended.end());
  BOOST_TEST(ended.size() == 2U);
  BOOST_TEST(has_ended(marked));
  BOOST_TEST(end_run().empty());
}

BOOST_AUTO_TEST_CASE(this_process_is_never_ended)
{
  // As when a test of the run has started us.
  const pid_t child = ::fork();
  if (child == 0) {
    std::string variable = "WINNOW_RUN_ID=0run";
    char* const environment[] = {variable.data(), nullptr};
    ::close_range(3, ~0U, 0);
    std::string self = "/proc/self/exe";
    std::string which = "--run_test=abandoned_runs/ends_nothing_but_others";
    char* const arguments[] = {self.data(), which.data(), nullptr};
    ::execve(self.c_str(), arguments, environment);
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  BOOST_TEST(WIFEXITED(status));
  BOOST_TEST(WEXITSTATUS(status) == 0);
}

BOOST_AUTO_TEST_CASE(ends_nothing_but_others)
{
  BOOST_TEST(end_run().empty());
}

BOOST_AUTO_TEST_SUITE_END()
