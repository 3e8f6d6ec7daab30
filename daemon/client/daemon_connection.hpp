// Speaks HTTP with the daemon over one connection, synchronously.
#pragma once

#include "analyzer/model/error.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace winnow::client {

/// Makes connected sockets to a daemon: the user's (started when there is none) or one inside this
/// process.
class DaemonAccess {
 public:
  virtual ~DaemonAccess() = default;
  /// A connected socket, the caller's to close. Environment errors say why there is no daemon.
  virtual Result<int> connect() = 0;
};

struct Reply {
  int status = 0;
  std::string body;

  [[nodiscard]] bool is_good() const { return status >= 200 && status < 300; }
};

class DaemonConnection {
 public:
  /// The runs it submits with Lease::ends_with_client end when it is destroyed.
  static Result<DaemonConnection> open(DaemonAccess& access);
  ~DaemonConnection();
  DaemonConnection(DaemonConnection&&) noexcept;
  DaemonConnection& operator=(DaemonConnection&&) noexcept;

  /// Any reply is a value. An environment error: the daemon died or does not answer.
  Result<Reply> request(const std::string& method, const std::string& target,
                        std::string body = {});
  /// The body of a good reply; the message of any other as an error.
  Result<std::string> get(const std::string& target);

  /// Asks for a stream, to be read with next_line() or next_piece().
  Result<void> follow(const std::string& target);

  enum class Next { line, timeout, end };

  /// Waits for more of the stream, "" at its end.
  Result<std::string> next_piece();

  /// Waits for the next line until one of `wake_fds` (-1: none) is readable or the time is over.
  Result<Next> next_line(std::string& line, std::chrono::milliseconds patience,
                         std::span<const int> wake_fds);

 private:
  struct State;
  explicit DaemonConnection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A user, environment or data error for a reply that is not good.
Error error_of(const Reply& reply);

} // namespace winnow::client
