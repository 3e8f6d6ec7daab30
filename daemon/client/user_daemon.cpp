// Connects to the socket in the user's directory; starts winnowd when nobody listens there.
#include "daemon/client/user_daemon.hpp"

#include "analyzer/model/daemon_place.hpp"
#include "daemon/client/program.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <thread>

namespace winnow::client {
namespace {

constexpr std::chrono::seconds start_patience{15};
constexpr std::chrono::milliseconds first_pause{5};
constexpr std::chrono::milliseconds longest_pause{320};

std::string last_error()
{
  return std::generic_category().message(errno);
}

/// A connected socket, -1 if nobody listens in the directory.
int try_connect(const std::string& socket_dir)
{
  const int directory = ::open(socket_dir.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  const int connected = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const std::string path = "/proc/self/fd/" + std::to_string(directory) + "/socket";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  ucred peer{};
  socklen_t size = sizeof peer;
  const bool good =
      directory >= 0 && connected >= 0 &&
      ::connect(connected, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
      ::getsockopt(connected, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
      peer.uid == ::geteuid();
  if (directory >= 0) {
    ::close(directory);
  }
  if (!good && connected >= 0) {
    ::close(connected);
  }
  return good ? connected : -1;
}

Result<std::string> daemon_program()
{
  if (const char* given = std::getenv("WINNOW_DAEMON_EXECUTABLE")) {
    return std::string(given);
  }
  std::string beside = program_beside("winnowd");
  if (beside.empty()) {
    return environment_error(
        "there is no winnowd beside the winnow program; install both, name it in "
        "WINNOW_DAEMON_EXECUTABLE, or use --no-daemon");
  }
  return beside;
}

[[noreturn]] void become_daemon(const std::string& program, int log, int ready_fd)
{
  ::setsid();
  // A second fork: the daemon is nobody's child, so that no client has to wait for it.
  if (::fork() != 0) {
    ::_exit(0);
  }
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, 0);
  ::dup2(log, 1);
  ::dup2(log, 2);
  ::dup2(ready_fd, 3);
  ::close_range(4, ~0U, 0);
  // The user's, though a test may have started it: nobody shall take it for what is left of that.
  ::unsetenv("WINNOW_RUN_ID");
  [[maybe_unused]] const int moved = ::chdir("/");
  ::execl(program.c_str(), "winnowd", "--ready-fd", "3", static_cast<char*>(nullptr));
  const std::string why = "cannot start " + program + ": " + last_error();
  [[maybe_unused]] const ssize_t written = ::write(3, why.data(), why.size());
  ::_exit(127);
}

std::string read_to_end(int pipe)
{
  std::string text;
  char bytes[512];
  for (ssize_t count = 0; (count = ::read(pipe, bytes, sizeof bytes)) != 0;) {
    if (count < 0 && errno != EINTR) {
      break;
    }
    text.append(bytes, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  return text;
}

/// Starts winnowd and waits until it is ready or another one has the place.
Result<void> start_daemon(const DaemonPlace& place)
{
  const Result<std::string> program = daemon_program();
  if (!program) {
    return program.error();
  }
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(place.state_dir).parent_path(),
                                      ignored);
  ::mkdir(place.state_dir.c_str(), 0700);
  const std::string log_path = place.state_dir + "/winnowd.log";
  const int log = ::open(log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int ready[2];
  if (log < 0 || ::pipe2(ready, O_CLOEXEC) != 0) {
    return environment_error("cannot start the daemon with its log in " + log_path + ": " +
                             last_error());
  }
  const pid_t child = ::fork();
  if (child == 0) {
    become_daemon(*program, log, ready[1]);
  }
  ::close(log);
  ::close(ready[1]);
  const std::string answer = child < 0 ? last_error() : read_to_end(ready[0]);
  ::close(ready[0]);
  if (child > 0) {
    ::waitpid(child, nullptr, 0);
  }
  if (answer == "ready" || answer == "taken") {
    return {};
  }
  return environment_error("the daemon did not start: " +
                           (answer.empty() ? "see " + log_path : answer));
}

class UserDaemon : public DaemonAccess {
 public:
  explicit UserDaemon(StartDaemon start) : start_(start) {}

  Result<int> connect() override
  {
    const DaemonPlace place = daemon_place(own_environment(), ::geteuid());
    const auto give_up = std::chrono::steady_clock::now() + start_patience;
    auto pause = first_pause;
    while (true) {
      if (const int connected = try_connect(place.socket_dir); connected >= 0) {
        return connected;
      }
      if (start_ == StartDaemon::never) {
        return environment_error("no daemon runs; `winnow daemon start` starts one");
      }
      if (std::chrono::steady_clock::now() > give_up) {
        return environment_error("the daemon holds " + place.socket_dir +
                                 "/lock but does not answer; end it with `winnow daemon stop`");
      }
      if (const Result<void> started = start_daemon(place); !started) {
        return started.error();
      }
      // Another daemon may be between its lock and its socket, or about to leave.
      std::this_thread::sleep_for(pause);
      pause = std::min(pause * 2, longest_pause);
    }
  }

 private:
  StartDaemon start_;
};

} // namespace

std::vector<std::string> own_environment()
{
  std::vector<std::string> all;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    all.emplace_back(*variable);
  }
  return all;
}

std::unique_ptr<DaemonAccess> user_daemon(StartDaemon start)
{
  return std::make_unique<UserDaemon>(start);
}

DaemonChoice meant_daemon(DaemonChoice choice)
{
  const char* setting = std::getenv("WINNOW_DAEMON");
  return setting != nullptr && std::string_view(setting) == "0" ? DaemonChoice::embedded : choice;
}

Result<std::unique_ptr<DaemonAccess>> chosen_daemon(DaemonChoice choice)
{
  if (meant_daemon(choice) == DaemonChoice::embedded) {
    return embedded_daemon();
  }
  return user_daemon(StartDaemon::when_needed);
}

} // namespace winnow::client
