#include <thread>

#include "checks/checks.hpp"
#include "schedule/lease.hpp"

using namespace isobar;
using namespace std::chrono_literals;

int main()
{
  Lease renewed(60s);
  Lease lease(1200ms);
  CHECK(!lease.expired());
  std::this_thread::sleep_for(lease.remaining());
  CHECK(lease.expired());
  CHECK(lease.remaining() == Lease::Clock::duration::zero());
  lease.renew();
  CHECK(lease.remaining() > 0s);
  CHECK(!renewed.expired());
  return checks::result();
}
