// The daemon's program: wiring only. Started by the client with the write end of a pipe as
// --ready-fd.
#include "analyzer/model/daemon_place.hpp"
#include "analyzer/model/exit_code.hpp"
#include "daemon/serve/http_server.hpp"
#include "daemon/serve/machine_source.hpp"
#include "daemon/serve/socket_dir.hpp"

#include <spdlog/spdlog.h>

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace winnow;

constexpr double default_idle_seconds = 600;

std::vector<std::string> environment()
{
  std::vector<std::string> all;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    all.emplace_back(*variable);
  }
  return all;
}

/// The client reads "ready", "taken", or the text of an error, up to the end of the pipe.
void report_to(int ready_fd, std::string_view text)
{
  if (ready_fd >= 0) {
    [[maybe_unused]] const ssize_t written = ::write(ready_fd, text.data(), text.size());
    ::close(ready_fd);
  }
}

std::chrono::milliseconds time_in(const char* variable, double default_seconds)
{
  const char* given = std::getenv(variable);
  const double seconds = given == nullptr ? default_seconds : std::strtod(given, nullptr);
  return std::chrono::milliseconds(static_cast<long>(seconds * 1000));
}

Result<serve::ServerOptions> options_for(const DaemonPlace& place)
{
  const Result<std::optional<Budget>> memory = serve::memory_budget_of(environment());
  if (!memory) {
    return memory.error();
  }
  serve::ServerOptions options;
  options.state_dir = place.state_dir;
  options.idle_time = time_in("WINNOW_IDLE_SECONDS", default_idle_seconds);
  options.commits.patience =
      time_in("WINNOW_STORE_SECONDS", static_cast<double>(options.commits.patience.count()) / 1000);
  options.memory = *memory;
  return options;
}

Result<void> serve_until_idle(int ready_fd)
{
  const DaemonPlace place = daemon_place(environment(), ::geteuid());
  Result<serve::SocketDir> directory = serve::SocketDir::take(place.socket_dir);
  if (!directory) {
    return directory.error();
  }
  if (directory->is_taken()) {
    report_to(ready_fd, "taken");
    return {};
  }
  const Result<serve::ServerOptions> options = options_for(place);
  if (!options) {
    return options.error();
  }
  auto server = serve::HttpServer::create(*options);
  if (!server) {
    return server.error();
  }
  const Result<int> listener = directory->listen();
  if (!listener) {
    return listener.error();
  }
  (*server)->listen(*listener);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN); // a limit on file sizes is an error of the write
  spdlog::info("ready, process {}", ::getpid());
  report_to(ready_fd, "ready");
  (*server)->run();
  return {};
}

} // namespace

int main(int argc, char** argv)
{
  const bool has_pipe = argc == 3 && std::string_view(argv[1]) == "--ready-fd";
  const int ready_fd = has_pipe ? std::atoi(argv[2]) : -1;
  spdlog::flush_on(spdlog::level::info);
  try {
    const Result<void> served = serve_until_idle(ready_fd);
    if (!served) {
      spdlog::error("{}", served.error().message);
      report_to(ready_fd, served.error().message);
      return static_cast<int>(meaning_of(served.error().kind).exit_code);
    }
    return 0;
  } catch (const std::exception& defect) {
    spdlog::critical("a defect in winnowd: {}", defect.what());
    return static_cast<int>(ExitCode::defect);
  }
}
