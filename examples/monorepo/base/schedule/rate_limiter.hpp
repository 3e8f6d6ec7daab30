// Admits a bounded number of events per second, with bursts up to a bound.
#pragma once

#include <chrono>

namespace isobar {

/// A token bucket: it starts full and fills at `per_second`.
class RateLimiter {
 public:
  RateLimiter(double per_second, double burst);

  bool try_take();

  /// Waits until an event is admitted.
  void take();

 private:
  using Clock = std::chrono::steady_clock;

  void refill();

  double per_second_;
  double burst_;
  double tokens_;
  Clock::time_point filled_at_;
};

} // namespace isobar
