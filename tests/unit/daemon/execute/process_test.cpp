// Tests of running real programs: ends, timeouts, leftovers, and what cannot be started.
#include "daemon/execute/process.hpp"
#include "tests/support/scratch_directory.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace winnow;
using namespace winnow::execute;
using namespace std::chrono_literals;

namespace {

struct ProcessFixture {
  tests::ScratchDirectory scratch;
  boost::asio::io_context io;
  std::string output_file = scratch / "output";
  int output_fd = ::open(output_file.c_str(), O_CREAT | O_RDWR | O_APPEND | O_CLOEXEC, 0600);

  ~ProcessFixture() { ::close(output_fd); }

  ProcessSpec shell(const std::string& script) const
  {
    ProcessSpec spec;
    spec.command = {"/bin/sh", "-c", script};
    spec.environment = {"PATH=/usr/bin:/bin"};
    spec.directory = scratch.path();
    spec.output_fd = output_fd;
    return spec;
  }

  ProcessEnd run(const ProcessSpec& spec)
  {
    std::optional<ProcessEnd> end;
    auto process = start_process(io.get_executor(), spec, [&](const ProcessEnd& e) { end = e; });
    BOOST_REQUIRE_MESSAGE(process, (process ? "" : process.error().message));
    BOOST_TEST(!end.has_value());
    io.restart();
    io.run();
    BOOST_REQUIRE(end.has_value());
    return *end;
  }

  /// Runs into its timeout. Under load that may strike before the script has written its `child`:
  /// then it gets more time.
  ProcessEnd run_until_timeout(ProcessSpec spec)
  {
    for (std::chrono::milliseconds timeout = 100ms;; timeout *= 2) {
      spec.timeout = timeout;
      const ProcessEnd end = run(spec);
      BOOST_TEST(end.duration_us >= timeout.count() * 1000);
      if (child() > 0) {
        return end;
      }
    }
  }

  /// The process id that a script wrote to the file `child`; 0 if it wrote none.
  pid_t child() const
  {
    pid_t pid = 0;
    std::ifstream(scratch / "child") >> pid;
    return pid;
  }

  std::string output() const
  {
    std::ifstream file(output_file);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string start_error(const ProcessSpec& spec)
  {
    const auto process = start_process(io.get_executor(), spec, [](const ProcessEnd&) {});
    BOOST_REQUIRE(!process);
    BOOST_CHECK(process.error().kind == ErrorKind::environment);
    return process.error().message;
  }

  void write_script(const std::string& name, const std::string& text, mode_t mode) const
  {
    std::ofstream(scratch / name) << text;
    ::chmod((scratch / name).c_str(), mode);
  }
};

bool no_child_is_left()
{
  return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD;
}

/// Zombies are dead: whoever inherits orphans here may reap them late.
bool lives(pid_t pid)
{
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text{std::istreambuf_iterator<char>(stat), {}};
  const std::size_t name_end = text.rfind(')');
  return name_end != std::string::npos && text.compare(name_end, 3, ") Z") != 0;
}

bool contains(const std::string& text, const std::string& part)
{
  return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(processes, ProcessFixture)

BOOST_AUTO_TEST_CASE(an_exit_code_is_told)
{
  const ProcessEnd end = run(shell("exit 3"));
  BOOST_CHECK(end.ended_by == EndedBy::itself);
  BOOST_TEST(end.exit_code == 3);
  BOOST_TEST(end.signal == 0);
  BOOST_TEST(end.leaked.empty());
  BOOST_TEST(no_child_is_left());
}

BOOST_AUTO_TEST_CASE(an_end_that_the_kernel_forgot_is_no_success)
{
  std::signal(SIGCHLD, SIG_IGN); // as some launchers leave it behind
  const ProcessEnd end = run(shell("sleep 0.05; exit 3"));
  std::signal(SIGCHLD, SIG_DFL);
  BOOST_TEST(end.unknown_because != "");
}

BOOST_AUTO_TEST_CASE(ends_are_remembered_whatever_was_inherited)
{
  std::signal(SIGCHLD, SIG_IGN);
  expect_children();
  const ProcessEnd end = run(shell("sleep 0.05; exit 3"));
  BOOST_TEST(end.unknown_because == "");
  BOOST_TEST(end.exit_code == 3);
}

BOOST_AUTO_TEST_CASE(late_news_of_a_closed_descriptor_is_not_taken_for_the_end)
{
  // Asio has fetched the socket's event when the socket is closed and the process takes its place.
  boost::asio::local::stream_protocol::socket closed(io);
  boost::asio::local::stream_protocol::socket peer(io);
  boost::asio::local::connect_pair(closed, peer);
  closed.async_wait(boost::asio::socket_base::wait_read, [](const auto&) {});
  std::optional<ProcessEnd> end;
  std::unique_ptr<Process> process;
  const auto close_and_start = [&] {
    closed.close();
    process =
        start_process(io.get_executor(), shell("sleep 0.2; exit 7"), [&](const ProcessEnd& e) {
          end = e;
        }).value();
  };
  boost::asio::post(io, [&] {
    boost::asio::write(peer, boost::asio::buffer("x", 1));
    boost::asio::post(io, close_and_start);
  });
  io.run();
  BOOST_REQUIRE(end.has_value());
  BOOST_TEST(end->exit_code == 7);
}

BOOST_AUTO_TEST_CASE(a_signal_is_told)
{
  const ProcessEnd end = run(shell("kill -SEGV $$"));
  BOOST_CHECK(end.ended_by == EndedBy::itself);
  BOOST_TEST(end.signal == SIGSEGV);
}

BOOST_AUTO_TEST_CASE(both_streams_keep_their_common_order)
{
  run(shell("echo one; echo two >&2; echo three; echo four >&2"));
  BOOST_TEST(output() == "one\ntwo\nthree\nfour\n");
}

BOOST_AUTO_TEST_CASE(a_program_sees_what_its_specification_says_and_nothing_of_us)
{
  ::signal(SIGUSR1, SIG_IGN);
  const int stray = ::open("/dev/null", O_RDONLY); // inheritable on purpose
  ProcessSpec spec =
      shell("pwd -P; env | grep ^COLOR; umask; wc -c; ls /proc/self/fd | wc -l;"
            "ps -o sid= -o pgid= -p $$ | awk '{print ($1 == $2)}'; kill -USR1 $$; echo survived");
  spec.environment.push_back("COLOR=blue");
  spec.umask = 027;
  const ProcessEnd end = run(spec);
  ::close(stray);
  ::signal(SIGUSR1, SIG_DFL);
  const std::string directory = std::filesystem::canonical(scratch.path()).string();
  BOOST_TEST(output() == directory + "\nCOLOR=blue\n0027\n0\n4\n1\n");
  BOOST_TEST(end.signal == SIGUSR1);
}

BOOST_AUTO_TEST_CASE(our_umask_stays)
{
  const mode_t before = ::umask(022);
  ProcessSpec spec = shell("true");
  spec.umask = 077;
  run(spec);
  BOOST_TEST(::umask(before) == 022U);
}

BOOST_AUTO_TEST_CASE(a_timeout_ends_the_whole_group)
{
  const ProcessEnd end = run_until_timeout(shell("sleep 600 & echo $! > child; sleep 600"));
  BOOST_CHECK(end.ended_by == EndedBy::timeout);
  BOOST_TEST(end.signal == SIGKILL);
  BOOST_TEST(end.leaked.empty());
  BOOST_TEST(!lives(child()));
  BOOST_TEST(no_child_is_left());
}

BOOST_AUTO_TEST_CASE(a_grandchild_that_outlives_its_parent_is_ended_and_reported)
{
  // Only once it is what it will be reported as.
  const ProcessEnd end = run(shell("sleep 601 & echo $! > child;"
                                   "until grep -q sleep /proc/$!/comm; do :; done"));
  BOOST_CHECK(end.ended_by == EndedBy::itself);
  BOOST_TEST(end.exit_code == 0);
  BOOST_TEST(end.leaked == std::vector<std::string>{"sleep 601"}, boost::test_tools::per_element());
  BOOST_REQUIRE(child() > 0);
  BOOST_TEST(!lives(child()));
}

BOOST_AUTO_TEST_CASE(a_grandchild_that_ends_a_little_later_is_no_leak)
{
  ProcessSpec spec = shell("(sleep 0.02; echo late) & exit 0");
  spec.leftover_grace = 10min; // a machine under load makes any moment longer
  const ProcessEnd end = run(spec);
  BOOST_TEST(end.leaked.empty());
  BOOST_TEST(output() == "late\n");
}

BOOST_AUTO_TEST_CASE(what_a_setup_leaves_lives_until_it_is_let_go)
{
  ProcessSpec spec = shell("sleep 62 & echo $! > child; exit 0");
  spec.leftovers = Leftovers::keep;
  ProcessEnd end = run(spec);
  BOOST_TEST(end.leaked.empty());
  BOOST_REQUIRE(end.kept);
  BOOST_TEST(end.kept->command_lines().size() == 1U);
  BOOST_TEST(lives(child()));
  end.kept.reset();
  BOOST_TEST(!lives(child()));
  BOOST_TEST(no_child_is_left());
}

BOOST_AUTO_TEST_CASE(a_setup_that_leaves_nothing_keeps_nothing)
{
  ProcessSpec spec = shell("exit 4");
  spec.leftovers = Leftovers::keep;
  const ProcessEnd end = run(spec);
  BOOST_TEST(end.exit_code == 4);
  BOOST_CHECK(!end.kept);
  BOOST_TEST(no_child_is_left());
}

BOOST_AUTO_TEST_CASE(killing_ends_it_by_request)
{
  std::optional<ProcessEnd> end;
  auto process = start_process(io.get_executor(), shell("sleep 60 & sleep 60"),
                               [&](const ProcessEnd& e) { end = e; });
  BOOST_REQUIRE(process);
  (*process)->kill();
  BOOST_TEST(!end.has_value());
  io.run();
  BOOST_REQUIRE(end.has_value());
  BOOST_CHECK(end->ended_by == EndedBy::request);
}

BOOST_AUTO_TEST_CASE(destroying_it_ends_it_silently)
{
  bool told = false;
  auto process =
      start_process(io.get_executor(), shell("sleep 60"), [&](const ProcessEnd&) { told = true; });
  BOOST_REQUIRE(process);
  process->reset();
  BOOST_TEST(no_child_is_left());
  io.run();
  BOOST_TEST(!told);
}

BOOST_AUTO_TEST_CASE(time_and_memory_are_measured)
{
  const ProcessEnd end = run(shell("i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done; head -c "
                                   "60000000 /dev/zero | tail -c 1 | wc -c"));
  BOOST_TEST(end.cpu_us > 5'000);
  BOOST_TEST(end.peak_memory_bytes > 1'000'000U);
  BOOST_TEST(end.started_us > 1'600'000'000'000'000);
}

BOOST_AUTO_TEST_CASE(a_hundred_megabytes_of_output_take_no_memory_of_ours)
{
  const auto resident = [] {
    std::ifstream statm("/proc/self/statm");
    std::size_t size = 0, pages = 0;
    statm >> size >> pages;
    return pages * 4096;
  };
  const std::size_t before = resident();
  run(shell("head -c 104857600 /dev/zero"));
  BOOST_TEST(std::filesystem::file_size(output_file) == 104857600U);
  BOOST_TEST(resident() < before + 8'000'000);
}

BOOST_AUTO_TEST_CASE(a_script_without_interpreter_line_runs_in_the_shell)
{
  write_script("plain", "echo \"got $1\"\n", 0755);
  ProcessSpec spec = shell("");
  spec.command = {scratch / "plain", "word"};
  BOOST_TEST(run(spec).exit_code == 0);
  BOOST_TEST(output() == "got word\n");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_started_is_explained)
{
  write_script("not_executable", "#!/bin/sh\n", 0644);
  write_script("lost_interpreter", "#!/nowhere/sh\n", 0755);
  std::filesystem::copy("/bin/true", scratch / "busy");
  const int writer = ::open((scratch / "busy").c_str(), O_WRONLY | O_CLOEXEC);

  struct Case {
    std::string program;
    std::string directory;
    std::string message;
  };

  const Case cases[] = {
      {scratch / "absent", scratch.path(), "is it built?"},
      {scratch / "not_executable", scratch.path(), "may not be executed"},
      {scratch / "lost_interpreter", scratch.path(), "interpreter"},
      {scratch / "busy", scratch.path(), "being written"},
      {"/bin/true", scratch / "no/such", "cannot enter the working directory"},
      {"/bin/true", scratch / "busy", "is not a directory"},
  };
  for (const Case& row : cases) {
    BOOST_TEST_CONTEXT(row.program << " in " << row.directory)
    {
      ProcessSpec spec = shell("");
      spec.command = {row.program};
      spec.directory = row.directory;
      BOOST_TEST(contains(start_error(spec), row.message));
    }
  }
  ::close(writer);
  BOOST_TEST(no_child_is_left());
}

BOOST_AUTO_TEST_SUITE_END()
