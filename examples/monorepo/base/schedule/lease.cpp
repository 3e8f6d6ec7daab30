#include "schedule/lease.hpp"

#include <algorithm>

namespace isobar {

Lease::Lease(Clock::duration term) : term_(term), end_(Clock::now() + term) {}

void Lease::renew()
{
  end_ = Clock::now() + term_;
}

bool Lease::expired() const
{
  return Clock::now() >= end_;
}

Lease::Clock::duration Lease::remaining() const
{
  return std::max(Clock::duration::zero(), end_ - Clock::now());
}

} // namespace isobar
