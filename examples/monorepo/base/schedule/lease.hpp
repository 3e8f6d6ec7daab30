// A right that ends by itself unless it is renewed.
#pragma once

#include <chrono>

namespace isobar {

class Lease {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Lease(Clock::duration term);

  void renew();
  bool expired() const;

  /// Time until it expires; zero when it has.
  Clock::duration remaining() const;

 private:
  Clock::duration term_;
  Clock::time_point end_;
};

} // namespace isobar
