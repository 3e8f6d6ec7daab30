// winnow daemon: starts, stops and looks at the user's daemon.
#include "analyzer/model/daemon_place.hpp"
#include "daemon/client/memory_option.hpp"
#include "daemon/client/user_daemon.hpp"
#include "daemon/client/verb.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace winnow::client {
namespace {

Result<std::string> status(StartDaemon start)
{
  Result<DaemonConnection> connection = DaemonConnection::open(*user_daemon(start));
  return connection ? connection->get("/v1/status") : Result<std::string>(connection.error());
}

Result<ExitCode> print_status(StartDaemon start)
{
  const Result<std::string> known = status(start);
  if (!known) {
    return known.error();
  }
  fmt::print("{}\n", *known);
  return ExitCode::passed;
}

std::string lock_path()
{
  return daemon_place(own_environment(), ::geteuid()).socket_dir + "/lock";
}

/// The process that holds the lock, 0 if none does or it has not told its number.
pid_t holder_of_lock()
{
  const int lock = ::open(lock_path().c_str(), O_RDONLY | O_CLOEXEC);
  if (lock < 0) {
    return 0;
  }
  const bool held = ::flock(lock, LOCK_SH | LOCK_NB) != 0;
  ::close(lock);
  pid_t holder = 0;
  std::ifstream(lock_path()) >> holder;
  std::string name;
  std::getline(std::ifstream(fmt::format("/proc/{}/comm", holder)), name);
  return held && name == "winnowd" ? holder : 0;
}

/// The daemon that runs now, to be waited for. It gives its lock up last of what it does itself,
/// but has files open until the process has ended: whoever is told that it stopped may unmount or
/// remove what they are in.
class LivingDaemon {
 public:
  LivingDaemon()
      : pid_(holder_of_lock()),
        process_(pid_ == 0 ? -1 : static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)))
  {}

  ~LivingDaemon()
  {
    if (process_ >= 0) {
      ::close(process_);
    }
  }

  LivingDaemon(const LivingDaemon&) = delete;
  LivingDaemon& operator=(const LivingDaemon&) = delete;

  /// 0 if there is none.
  [[nodiscard]] pid_t pid() const { return pid_; }

  void wait_for_its_end() const
  {
    const int lock = ::open(lock_path().c_str(), O_RDONLY | O_CLOEXEC);
    if (lock >= 0) {
      ::flock(lock, LOCK_SH);
      ::close(lock);
    }
    pollfd ended{.fd = process_, .events = POLLIN, .revents = 0};
    while (process_ >= 0 && ::poll(&ended, 1, -1) < 0 && errno == EINTR) {
    }
  }

 private:
  pid_t pid_;
  int process_;
};

/// One whose socket somebody has removed: no request reaches it.
Result<ExitCode> stop_unreachable()
{
  const LivingDaemon daemon;
  if (daemon.pid() == 0) {
    fmt::print("no daemon runs\n");
    return ExitCode::passed;
  }
  if (::kill(daemon.pid(), SIGTERM) != 0) {
    return environment_error(fmt::format("the daemon, process {}, has lost its socket and cannot "
                                         "be told to end: {}",
                                         daemon.pid(), std::generic_category().message(errno)));
  }
  daemon.wait_for_its_end();
  fmt::print("stopped process {}, which had lost its socket\n", daemon.pid());
  return ExitCode::passed;
}

Result<ExitCode> stop()
{
  const LivingDaemon daemon;
  Result<DaemonConnection> connection = DaemonConnection::open(*user_daemon(StartDaemon::never));
  if (!connection) {
    return stop_unreachable();
  }
  const Result<Reply> reply = connection->request("DELETE", "/v1/status");
  if (reply && !reply->is_good()) {
    return error_of(*reply);
  }
  daemon.wait_for_its_end();
  fmt::print("stopped\n");
  return ExitCode::passed;
}

Result<ExitCode> print_log()
{
  const std::string path = daemon_place(own_environment(), ::geteuid()).state_dir + "/winnowd.log";
  std::ifstream file(path);
  if (!file) {
    return user_error("there is no log at " + path + ": no daemon has run here");
  }
  std::ostringstream text;
  text << file.rdbuf();
  fmt::print("{}", text.str());
  return ExitCode::passed;
}

/// A daemon that runs keeps its budget: then nothing is changed, and that is said.
Result<ExitCode> start_within(const std::string& memory)
{
  if (!memory.empty()) {
    if (DaemonConnection::open(*user_daemon(StartDaemon::never))) {
      return user_error("a daemon runs already; its memory cannot be limited any more: use "
                        "`winnow daemon stop` first");
    }
    ::setenv("WINNOW_MEMORY", memory.c_str(), 1);
  }
  return print_status(StartDaemon::when_needed);
}

} // namespace

void add_daemon(CLI::App& app, Invocation& invocation)
{
  CLI::App* verb = app.add_subcommand("daemon", "Starts, stops and looks at the daemon");
  verb->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, Action action) {
    verb->add_subcommand(name, what)->callback([action, &invocation] {
      invocation.action = action;
    });
  };
  auto memory = std::make_shared<std::string>();
  CLI::App* start = verb->add_subcommand("start", "Starts it unless it runs");
  start->add_option("--memory", *memory, "How much memory the tests of all runs may use at once")
      ->type_name("SIZE")
      ->check(is_memory_budget);
  start->callback(
      [memory, &invocation] { invocation.action = [memory] { return start_within(*memory); }; });
  add("stop", "Ends it once the living runs have ended", stop);
  add("status", "Says what runs", [] { return print_status(StartDaemon::never); });
  add("log", "Prints what it has logged", print_log);
}

} // namespace winnow::client
