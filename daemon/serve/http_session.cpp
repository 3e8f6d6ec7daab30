// HTTP/1.1 on one connection, with Beast and callbacks.
#include "daemon/serve/http_session.hpp"

#include "analyzer/model/daemon_place.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <cerrno>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace winnow::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

using Socket = asio::local::stream_protocol::socket;
using ErrorCode = boost::system::error_code;

/// A request for 100,000 tests takes some 50 MB.
constexpr std::uint64_t body_limit = std::uint64_t{1} << 30U;

/// Kept alive by its pending operations; ends when none is left.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Socket socket, std::weak_ptr<Routes> routes, ConnectionEvents events)
      : socket_(std::move(socket)), routes_(std::move(routes)), events_(std::move(events))
  {}

  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  ~Session()
  {
    stream_.reset();
    if (const auto routes = routes_.lock()) {
      for (const std::string& run : leased_) {
        routes->lease_ended(run);
      }
      events_.closed();
    }
  }

  void read_request()
  {
    parser_.emplace();
    parser_->body_limit(body_limit);
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](ErrorCode error, std::size_t) {
                       if (!error) {
                         self->answer();
                       }
                     });
  }

 private:
  void answer()
  {
    const auto routes = routes_.lock();
    if (!routes) {
      return;
    }
    auto& message = parser_->get();
    RouteResponse response =
        answered(*routes, {std::string(message.method_string()), std::string(message.target()),
                           std::move(message.body()), std::string(message["Winnow-Protocol"])});
    if (response.leases_run) {
      leased_.push_back(*response.leases_run);
    }
    if (response.asks_to_leave) {
      events_.asked_to_leave();
    }
    if (response.stream) {
      pass_on(response);
      return;
    }
    response_ = {};
    response_.result(static_cast<unsigned>(response.status));
    set_fields(response_, response.content_type);
    response_.body() = std::move(response.body);
    response_.keep_alive(message.keep_alive());
    response_.prepare_payload();
    http::async_write(socket_, response_,
                      [self = shared_from_this()](ErrorCode error, std::size_t) {
                        if (!error && self->response_.keep_alive()) {
                          self->read_request();
                        }
                      });
  }

  /// A defect in answering one client is not to end the runs of all.
  static RouteResponse answered(Routes& routes, RouteRequest request)
  {
    const std::string what = request.method + " " + request.target;
    try {
      return routes.answer(std::move(request));
    } catch (const std::exception& defect) {
      spdlog::critical("a defect in answering {}: {}", what, defect.what());
      RouteResponse response;
      response.status = 500;
      response.body = fmt::format("a defect in winnowd: {}", defect.what());
      return response;
    }
  }

  template <class Message>
  static void set_fields(Message& message, const std::string& content_type)
  {
    message.version(11);
    message.set(http::field::content_type, content_type);
    message.set("Winnow-Protocol", protocol_version);
  }

  void pass_on(const RouteResponse& response)
  {
    stream_ = response.stream;
    stream_head_.emplace();
    set_fields(*stream_head_, response.content_type);
    stream_head_->chunked(true);
    head_writer_.emplace(*stream_head_);
    writing_ = true;
    stream_->when_more([weak = weak_from_this()] {
      if (const auto self = weak.lock()) {
        self->write_piece();
      }
    });
    watch_for_leaving();
    http::async_write_header(
        socket_, *head_writer_,
        [self = shared_from_this()](ErrorCode error, std::size_t) { self->written(error); });
  }

  /// A client that follows sends nothing more: what can be read is its end.
  void watch_for_leaving()
  {
    socket_.async_wait(Socket::wait_read, [self = shared_from_this()](ErrorCode error) {
      if (error || !self->stream_) {
        return;
      }
      if (!self->can_be_read()) {
        self->watch_for_leaving();
        return;
      }
      self->stream_.reset();
      ErrorCode ignored;
      self->socket_.close(ignored);
    });
  }

  /// Asio may pass on an event of a closed descriptor whose place this socket has taken.
  bool can_be_read()
  {
    char byte = 0;
    const ssize_t got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
  }

  void written(ErrorCode error)
  {
    writing_ = false;
    if (error) {
      stream_.reset();
      return;
    }
    write_piece();
  }

  void write_piece()
  {
    if (writing_ || !stream_) {
      return;
    }
    piece_ = stream_->next();
    if (piece_.empty()) {
      if (stream_->ended()) {
        finish_stream();
      }
      return;
    }
    writing_ = true;
    asio::async_write(
        socket_, http::make_chunk(asio::buffer(piece_)),
        [self = shared_from_this()](ErrorCode error, std::size_t) { self->written(error); });
  }

  void finish_stream()
  {
    stream_.reset();
    ErrorCode ignored;
    socket_.cancel(ignored);
    asio::async_write(socket_, http::make_chunk_last(),
                      [self = shared_from_this()](ErrorCode error, std::size_t) {
                        if (!error) {
                          self->read_request();
                        }
                      });
  }

  Socket socket_;
  std::weak_ptr<Routes> routes_; ///< gone when the server is being destroyed
  ConnectionEvents events_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> response_;
  std::vector<std::string> leased_;
  std::shared_ptr<BodyStream> stream_; ///< passed on now
  bool writing_ = false;
  std::string piece_;
  std::optional<http::response<http::empty_body>> stream_head_;
  std::optional<http::response_serializer<http::empty_body>> head_writer_;
};

} // namespace

void serve_connection(Socket socket, std::weak_ptr<Routes> routes, ConnectionEvents events)
{
  std::make_shared<Session>(std::move(socket), std::move(routes), std::move(events))
      ->read_request();
}

} // namespace winnow::serve
