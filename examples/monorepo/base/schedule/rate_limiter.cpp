#include "schedule/rate_limiter.hpp"

#include <algorithm>
#include <thread>

namespace isobar {

RateLimiter::RateLimiter(double per_second, double burst)
    : per_second_(per_second), burst_(burst), tokens_(burst), filled_at_(Clock::now())
{}

void RateLimiter::refill()
{
  const auto now = Clock::now();
  const std::chrono::duration<double> elapsed = now - filled_at_;
  tokens_ = std::min(burst_, tokens_ + elapsed.count() * per_second_);
  filled_at_ = now;
}

bool RateLimiter::try_take()
{
  refill();
  if (tokens_ < 1.0) {
    return false;
  }
  tokens_ -= 1.0;
  return true;
}

void RateLimiter::take()
{
  while (!try_take()) {
    std::this_thread::sleep_for(std::chrono::duration<double>((1.0 - tokens_) / per_second_));
  }
}

} // namespace isobar
