// The daemon without its process: store, runs and connections on one loop.
#pragma once

#include "analyzer/model/budget.hpp"
#include "analyzer/model/error.hpp"
#include "daemon/serve/commit_backoff.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace winnow::serve {

struct ServerOptions {
  std::string state_dir;
  /// How long a daemon without runs and connections stays.
  std::chrono::milliseconds idle_time{0}; ///< 0: never leaves by itself
  CommitLimits commits;
  std::optional<Budget> memory; ///< that all tests may use at once; unset: what the machine has
};

class HttpServer {
 public:
  static Result<std::unique_ptr<HttpServer>> create(const ServerOptions& options);
  ~HttpServer();

  /// Accepts clients on this listening Unix socket, which it takes over, and heeds SIGTERM. Before
  /// run().
  void listen(int listener);
  /// Serves one connected socket; takes it over. From any thread.
  void adopt(int connected);
  /// Serves until stop(), a SIGTERM, or idleness; kills what still runs then.
  void run();
  /// From any thread.
  void stop();

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

} // namespace winnow::serve
