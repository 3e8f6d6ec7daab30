// The growing pauses between attempts to reach something that does not answer.
#pragma once

#include <chrono>

namespace isobar {

class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest);

  /// The pause before the next attempt: twice the one before, up to the longest.
  std::chrono::milliseconds next();

  /// Sleeps for next().
  void wait();

  void reset();

 private:
  std::chrono::milliseconds first_;
  std::chrono::milliseconds longest_;
  std::chrono::milliseconds pause_;
};

} // namespace isobar
