#include "schedule/watchdog.hpp"

#include <utility>

namespace isobar {

Watchdog::Watchdog(std::chrono::milliseconds patience, std::function<void()> alarm)
    : patience_(patience),
      fed_at_(Clock::now()),
      thread_([this, alarm = std::move(alarm)]() mutable { watch(std::move(alarm)); })
{}

Watchdog::~Watchdog()
{
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Watchdog::feed()
{
  const std::lock_guard lock(mutex_);
  fed_at_ = Clock::now();
}

void Watchdog::watch(std::function<void()> alarm)
{
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const auto deadline = fed_at_ + patience_;
    if (Clock::now() >= deadline) {
      lock.unlock();
      alarm();
      return;
    }
    changed_.wait_until(lock, deadline);
  }
}

} // namespace isobar
