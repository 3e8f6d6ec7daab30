// One HTTP/1.1 connection with Beast; no loop, no threads.
#include "daemon/client/daemon_connection.hpp"

#include "analyzer/model/daemon_place.hpp"
#include "analyzer/model/exit_code.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <poll.h>

#include <utility>
#include <vector>

namespace winnow::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using ErrorCode = boost::system::error_code;

Error lost(const ErrorCode& error)
{
  return environment_error("the daemon has gone while it was needed (" + error.message() +
                           "); what had finished is kept, `winnow daemon log` says more");
}

enum class Readiness { readable, woken, timeout };

Readiness wait_for(int socket, std::span<const int> wake_fds, std::chrono::milliseconds patience)
{
  std::vector<pollfd> watched{{socket, POLLIN, 0}};
  for (const int fd : wake_fds) { // a negative one is passed over
    watched.push_back({fd, POLLIN, 0});
  }
  const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(patience.count()));
  if (ready <= 0) {
    return Readiness::timeout;
  }
  return watched[0].revents != 0 ? Readiness::readable : Readiness::woken;
}

} // namespace

struct DaemonConnection::State {
  explicit State(int connected) : socket(loop, asio::local::stream_protocol(), connected)
  {
    buffer.reserve(64 * 1024); // it reads as much at once as there is room for
  }

  ErrorCode send(const std::string& method, const std::string& target, std::string body)
  {
    http::request<http::string_body> message(http::verb::get, target, 11);
    message.method_string(method);
    message.set(http::field::host, "winnow");
    if (method != "DELETE" || target != "/v1/status") { // which a daemon of any version understands
      message.set("Winnow-Protocol", protocol_version);
    }
    message.body() = std::move(body);
    message.prepare_payload();
    ErrorCode error;
    http::write(socket, message, error);
    return error;
  }

  /// Moves what was received already to `pending`; need_more if that gave nothing.
  ErrorCode take_received()
  {
    ErrorCode error = http::error::need_more;
    if (buffer.size() > 0) {
      buffer.consume(stream->put(buffer.data(), error));
      pending += std::exchange(stream->get().body(), {});
    }
    return error;
  }

  /// Waits for some more, to `pending`.
  ErrorCode receive()
  {
    ErrorCode error;
    http::read_some(socket, buffer, *stream, error);
    pending += std::exchange(stream->get().body(), {});
    return error;
  }

  asio::io_context loop;
  asio::local::stream_protocol::socket socket;
  beast::flat_buffer buffer;
  std::optional<http::response_parser<http::string_body>> stream;
  std::string pending; ///< received, not yet handed out
};

DaemonConnection::DaemonConnection(std::unique_ptr<State> state) : state_(std::move(state)) {}

DaemonConnection::~DaemonConnection() = default;
DaemonConnection::DaemonConnection(DaemonConnection&&) noexcept = default;
DaemonConnection& DaemonConnection::operator=(DaemonConnection&&) noexcept = default;

Result<DaemonConnection> DaemonConnection::open(DaemonAccess& access)
{
  const Result<int> connected = access.connect();
  if (!connected) {
    return connected.error();
  }
  return DaemonConnection(std::make_unique<State>(*connected));
}

Result<Reply> DaemonConnection::request(const std::string& method, const std::string& target,
                                        std::string body)
{
  if (const ErrorCode error = state_->send(method, target, std::move(body))) {
    return lost(error);
  }
  http::response_parser<http::string_body> parser;
  parser.body_limit(boost::none);
  ErrorCode error;
  http::read(state_->socket, state_->buffer, parser, error);
  if (error) {
    return lost(error);
  }
  return Reply{static_cast<int>(parser.get().result_int()), std::move(parser.get().body())};
}

Result<std::string> DaemonConnection::get(const std::string& target)
{
  Result<Reply> reply = request("GET", target);
  if (!reply) {
    return reply.error();
  }
  if (!reply->is_good()) {
    return error_of(*reply);
  }
  return std::move(reply->body);
}

Result<void> DaemonConnection::follow(const std::string& target)
{
  if (const ErrorCode error = state_->send("GET", target, {})) {
    return lost(error);
  }
  state_->stream.emplace();
  state_->stream->body_limit(boost::none);
  ErrorCode error;
  http::read_header(state_->socket, state_->buffer, *state_->stream, error);
  if (error) {
    return lost(error);
  }
  if (state_->stream->get().result_int() != 200) {
    http::read(state_->socket, state_->buffer, *state_->stream, error);
    return error_of(
        {static_cast<int>(state_->stream->get().result_int()), state_->stream->get().body()});
  }
  return {};
}

Result<std::string> DaemonConnection::next_piece()
{
  State& state = *state_;
  while (state.pending.empty() && !state.stream->is_done()) {
    if (const ErrorCode error = state.receive(); error && error != http::error::need_more) {
      return lost(error);
    }
  }
  return std::exchange(state.pending, {});
}

Result<DaemonConnection::Next> DaemonConnection::next_line(std::string& line,
                                                           std::chrono::milliseconds patience,
                                                           std::span<const int> wake_fds)
{
  State& state = *state_;
  while (true) {
    if (const std::size_t end = state.pending.find('\n'); end != std::string::npos) {
      line = state.pending.substr(0, end);
      state.pending.erase(0, end + 1);
      return Next::line;
    }
    if (state.stream->is_done()) {
      return Next::end;
    }
    ErrorCode error = state.take_received();
    if (error == http::error::need_more) {
      if (wait_for(state.socket.native_handle(), wake_fds, patience) != Readiness::readable) {
        return Next::timeout;
      }
      error = state.receive();
    }
    if (error && error != http::error::need_more) {
      return lost(error);
    }
  }
}

Error error_of(const Reply& reply)
{
  for (const ErrorMeaning& row : error_meanings) {
    if (row.http_status == reply.status) {
      return {row.kind, reply.body};
    }
  }
  const bool meant_wrong = reply.status == 404 || reply.status == 409;
  return {meant_wrong ? ErrorKind::user : ErrorKind::environment, reply.body};
}

} // namespace winnow::client
