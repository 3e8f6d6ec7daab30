// One connection of a client: requests in turn, event streams, and the runs that end with it.
#pragma once

#include "daemon/serve/routes.hpp"

#include <boost/asio/local/stream_protocol.hpp>

#include <functional>
#include <memory>

namespace winnow::serve {

/// What a connection tells the server.
struct ConnectionEvents {
  std::function<void()> closed;
  std::function<void()> asked_to_leave;
};

/// Serves `socket` until the client leaves; then ends the runs it leased and calls `closed`.
/// Once `routes` is gone nothing is answered any more.
void serve_connection(boost::asio::local::stream_protocol::socket socket,
                      std::weak_ptr<Routes> routes, ConnectionEvents events);

} // namespace winnow::serve
