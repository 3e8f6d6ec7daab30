#include <future>

#include "checks/checks.hpp"
#include "schedule/watchdog.hpp"

using namespace isobar;
using namespace std::chrono_literals;

int main()
{
  std::promise<void> alarmed;
  const auto start = std::chrono::steady_clock::now();
  {
    Watchdog watchdog(600ms, [&] { alarmed.set_value(); });
    std::this_thread::sleep_for(400ms);
    watchdog.feed();
    alarmed.get_future().wait();
  }
  CHECK(std::chrono::steady_clock::now() - start >= 1000ms);

  bool disturbed = false;
  {
    const Watchdog fed_until_its_end(60s, [&] { disturbed = true; });
  }
  CHECK(!disturbed);
  return checks::result();
}
