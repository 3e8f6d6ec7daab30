#include "checks/checks.hpp"
#include "schedule/rate_limiter.hpp"

using namespace isobar;
using namespace std::chrono_literals;

int main()
{
  RateLimiter limiter(4.0, 2.0);
  const auto start = std::chrono::steady_clock::now();
  for (int event = 0; event < 8; ++event) {
    limiter.take();
  }
  // Two of the eight come from the burst, six wait for a quarter of a second each.
  CHECK(std::chrono::steady_clock::now() - start >= 1490ms);
  return checks::result();
}
