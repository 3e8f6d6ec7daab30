#include "schedule/backoff.hpp"

#include <algorithm>
#include <thread>

namespace isobar {

Backoff::Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest)
    : first_(first), longest_(longest), pause_(first)
{}

std::chrono::milliseconds Backoff::next()
{
  const auto pause = pause_;
  pause_ = std::min(2 * pause_, longest_);
  return pause;
}

void Backoff::wait()
{
  std::this_thread::sleep_for(next());
}

void Backoff::reset()
{
  pause_ = first_;
}

} // namespace isobar
