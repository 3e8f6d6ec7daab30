#include "checks/checks.hpp"
#include "schedule/backoff.hpp"

using namespace isobar;
using namespace std::chrono_literals;

int main()
{
  Backoff backoff(100ms, 400ms);
  CHECK(backoff.next() == 100ms);
  CHECK(backoff.next() == 200ms);
  CHECK(backoff.next() == 400ms);
  CHECK(backoff.next() == 400ms);

  backoff.reset();
  const auto start = std::chrono::steady_clock::now();
  for (int attempt = 0; attempt < 5; ++attempt) {
    backoff.wait();
  }
  CHECK(std::chrono::steady_clock::now() - start >= 1500ms);
  return checks::result();
}
