// The wall time, as results carry it, and a clock that never goes back.
#pragma once

#include <chrono>
#include <cstdint>

namespace winnow::serve {

/// Microseconds since the Unix epoch.
inline std::int64_t now_us()
{
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

/// Microseconds on a clock that never goes back.
inline std::int64_t monotonic_us()
{
  using namespace std::chrono;
  return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace winnow::serve
