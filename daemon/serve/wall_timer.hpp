// Calls back at a time of the wall clock.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/system_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace winnow::serve {

/// Destroying it lets it call back no more, unless it is about to.
using WallTimer = boost::asio::system_timer;

/// `at_us` is in microseconds since the Unix epoch; `due` is called on the executor's thread.
inline std::unique_ptr<WallTimer> timer_at(const boost::asio::any_io_executor& executor,
                                           std::int64_t at_us, std::function<void()> due)
{
  const std::chrono::system_clock::time_point at{std::chrono::microseconds(at_us)};
  auto timer = std::make_unique<WallTimer>(executor, at);
  timer->async_wait([due = std::move(due)](const boost::system::error_code& stopped) {
    if (!stopped) {
      due();
    }
  });
  return timer;
}

} // namespace winnow::serve
