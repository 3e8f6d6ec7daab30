// Raises an alarm when nobody reports for a while.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace isobar {

/// Calls `alarm` once, on a thread of its own, when feed() was not called for `patience`.
class Watchdog {
 public:
  Watchdog(std::chrono::milliseconds patience, std::function<void()> alarm);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  void feed();

 private:
  using Clock = std::chrono::steady_clock;

  void watch(std::function<void()> alarm);

  std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Clock::time_point fed_at_;
  bool stopped_ = false;
  std::thread thread_;
};

} // namespace isobar
