// The wall time, as results carry it, and a clock that never goes back.
#pragma once

#include <chrono>
#include <cstdint>

namespace winnow::serve {

template <class Clock>
std::int64_t microseconds_of()
{
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch())
      .count();
}

/// Microseconds since the Unix epoch.
inline std::int64_t now_us()
{
  return microseconds_of<std::chrono::system_clock>();
}

/// Microseconds on a clock that never goes back.
inline std::int64_t monotonic_us()
{
  return microseconds_of<std::chrono::steady_clock>();
}

} // namespace winnow::serve
