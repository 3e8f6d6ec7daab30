// Tests of what a spawned program finds, and of what is left here as it was.
#include "daemon/execute/file_descriptor.hpp"
#include "daemon/execute/proc_files.hpp"
#include "daemon/execute/spawn.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace winnow;
using namespace winnow::execute;

namespace {

struct SpawnFixture {
  tests::ScratchDirectory scratch;
  FileDescriptor output{::open((scratch / "output").c_str(), O_CREAT | O_RDWR | O_APPEND, 0600)};

  ProcessSpec shell(const std::string& script) const
  {
    ProcessSpec spec;
    spec.command = {"/bin/sh", "-c", script};
    spec.environment = {"PATH=/usr/bin:/bin"};
    spec.directory = scratch.path();
    spec.output_fd = output.get();
    return spec;
  }

  std::string output_of(const ProcessSpec& spec) const
  {
    const pid_t pid = spawn(spec).value();
    int status = 0;
    ::waitpid(pid, &status, 0);
    BOOST_TEST(status == 0);
    std::ifstream file(scratch / "output");
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

int own_oom_score_adj()
{
  return std::stoi(start_of_file("/proc/self/oom_score_adj", 16));
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(spawning, SpawnFixture)

BOOST_AUTO_TEST_CASE(programs_and_their_children_are_ended_before_us_when_memory_runs_out)
{
  const int before = own_oom_score_adj();
  const std::string expected = std::to_string(std::min(before + 300, 1000)) + "\n";
  BOOST_TEST(output_of(shell("read x < /proc/self/oom_score_adj; echo $x;"
                             "(sh -c 'cat /proc/self/oom_score_adj') | cat")) ==
             expected + expected);
  BOOST_TEST(own_oom_score_adj() == before);
}

BOOST_AUTO_TEST_CASE(signals_that_are_ignored_or_blocked_here_are_neither_there)
{
  ::signal(SIGTERM, SIG_IGN);
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR2);
  ::sigprocmask(SIG_BLOCK, &blocked, &before);
  const std::string masks = output_of(shell("grep -E '^Sig(Blk|Ign)' /proc/self/status"));
  sigset_t now;
  ::sigprocmask(SIG_SETMASK, &before, &now);
  BOOST_TEST(::signal(SIGTERM, SIG_DFL) == SIG_IGN);
  BOOST_TEST(sigismember(&now, SIGUSR2) == 1);
  BOOST_TEST(masks == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

BOOST_AUTO_TEST_CASE(it_runs_on_its_cpus_and_we_on_ours)
{
  const Cpus ours = allowed_cpus();
  ProcessSpec spec = shell("grep Cpus_allowed_list /proc/self/status | cut -f2");
  spec.cpus = {ours.back()};
  BOOST_TEST(output_of(spec) == std::to_string(ours.back()) + "\n");
  BOOST_TEST(allowed_cpus() == ours, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(output_may_be_one_of_the_standard_descriptors)
{
  const FileDescriptor saved{::dup(STDOUT_FILENO)};
  ::dup3(output.get(), STDOUT_FILENO, O_CLOEXEC);
  ProcessSpec spec = shell("echo out; echo err >&2");
  spec.output_fd = STDOUT_FILENO;
  const pid_t pid = spawn(spec).value();
  ::dup2(saved.get(), STDOUT_FILENO);
  ::waitpid(pid, nullptr, 0);
  std::ifstream file(scratch / "output");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  BOOST_TEST(text == "out\nerr\n");
}

BOOST_AUTO_TEST_CASE(a_thousand_failures_leave_no_process_and_no_file)
{
  ProcessSpec spec = shell("");
  spec.command = {scratch / "absent"};
  for (int i = 0; i < 1000; ++i) {
    BOOST_TEST(!spawn(spec));
  }
  BOOST_TEST(::waitpid(-1, nullptr, WNOHANG) == -1);
  BOOST_TEST(numbers_in("/proc/self/fd").size() < 32U);
}

BOOST_AUTO_TEST_SUITE_END()
