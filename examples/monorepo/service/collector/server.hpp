// Serves a collector at a Unix-domain socket.
#pragma once

#include <chrono>

#include "client/socket.hpp"
#include "collector/collector.hpp"

namespace isobar {

/// Answers on one thread until the collector is asked to stop. A session that
/// says nothing for `patience` is closed.
void serve(Collector& collector, const Socket& listener, std::chrono::milliseconds patience);

} // namespace isobar
