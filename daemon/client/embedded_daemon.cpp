// The daemon's core on a thread of the client, reached over socket pairs: the client still speaks
// HTTP.
#include "analyzer/model/daemon_place.hpp"
#include "daemon/client/user_daemon.hpp"
#include "daemon/serve/http_server.hpp"
#include "daemon/serve/machine_source.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <system_error>

#include <unistd.h>

#include <cerrno>
#include <thread>
#include <utility>

namespace winnow::client {
namespace {

class EmbeddedDaemon : public DaemonAccess {
 public:
  explicit EmbeddedDaemon(std::unique_ptr<serve::HttpServer> server)
      : server_(std::move(server)), thread_([this] { server_->run(); })
  {}

  ~EmbeddedDaemon() override
  {
    server_->stop();
    thread_.join();
  }

  EmbeddedDaemon(const EmbeddedDaemon&) = delete;
  EmbeddedDaemon& operator=(const EmbeddedDaemon&) = delete;

  Result<int> connect() override
  {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      return environment_error("cannot make a socket: " + std::generic_category().message(errno));
    }
    server_->adopt(ends[1]);
    return ends[0];
  }

 private:
  std::unique_ptr<serve::HttpServer> server_;
  std::thread thread_;
};

} // namespace

Result<std::unique_ptr<DaemonAccess>> embedded_daemon()
{
  // Standard output is for the answer.
  static const auto log = spdlog::stderr_logger_mt("winnow");
  spdlog::set_default_logger(log);
  const DaemonPlace place = daemon_place(own_environment(), ::geteuid());
  const Result<std::optional<Budget>> memory = serve::memory_budget_of(own_environment());
  if (!memory) {
    return memory.error();
  }
  Result<std::unique_ptr<serve::HttpServer>> server =
      serve::HttpServer::create({place.state_dir, std::chrono::milliseconds(0), {}, *memory});
  if (!server) {
    return server.error();
  }
  return std::unique_ptr<DaemonAccess>(std::make_unique<EmbeddedDaemon>(std::move(*server)));
}

schedule::Capacity machine_of_daemon()
{
  const Result<std::optional<Budget>> memory = serve::memory_budget_of(own_environment());
  return serve::own_machine_within(memory ? *memory : std::nullopt)().capacity;
}

} // namespace winnow::client
