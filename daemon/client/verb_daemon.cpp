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
#include <system_error>

#include <fcntl.h>
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

/// The daemon holds this lock for life, and gives it up after everything else.
void wait_until_gone()
{
  const int lock = ::open(lock_path().c_str(), O_RDONLY | O_CLOEXEC);
  if (lock >= 0) {
    ::flock(lock, LOCK_SH);
    ::close(lock);
  }
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

/// One whose socket somebody has removed: no request reaches it.
Result<ExitCode> stop_unreachable()
{
  const pid_t holder = holder_of_lock();
  if (holder == 0) {
    fmt::print("no daemon runs\n");
    return ExitCode::passed;
  }
  if (::kill(holder, SIGTERM) != 0) {
    return environment_error(fmt::format("the daemon, process {}, has lost its socket and cannot "
                                         "be told to end: {}",
                                         holder, std::generic_category().message(errno)));
  }
  wait_until_gone();
  fmt::print("stopped process {}, which had lost its socket\n", holder);
  return ExitCode::passed;
}

Result<ExitCode> stop()
{
  Result<DaemonConnection> connection = DaemonConnection::open(*user_daemon(StartDaemon::never));
  if (!connection) {
    return stop_unreachable();
  }
  const Result<Reply> reply = connection->request("DELETE", "/v1/status");
  if (reply && !reply->is_good()) {
    return error_of(*reply);
  }
  wait_until_gone();
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
