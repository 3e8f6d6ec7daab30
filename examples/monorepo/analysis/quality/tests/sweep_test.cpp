// Twenty years of one station at ten-minute steps: every planted spike is found, nothing else.
#include <algorithm>
#include <cmath>

#include "checks/checks.hpp"
#include "quality/quality.hpp"

using namespace isobar;
using namespace std::chrono_literals;

int main()
{
  constexpr int steps_per_day = 144;
  constexpr int steps = 7305 * steps_per_day;
  constexpr int spike_every = 997;
  Series<Celsius> series;
  Instant at = parse_instant("2006-01-01T00:00Z").value();
  for (int step = 0; step < steps; ++step, at += 10min) {
    const double day = static_cast<double>(step) / steps_per_day;
    const double season = -10.0 * std::cos(day / 365.25 * 6.28319);
    const double hour = -4.0 * std::cos(day * 6.28319);
    series.add(at, {9.0 + season + hour + (step % spike_every == spike_every / 2 ? 12.0 : 0.0)});
  }
  int rounds = 0;
  for (double jump = 1.0; jump < 11.0; jump += 0.0625, ++rounds) {
    const auto verdicts = check_spikes(series, {jump});
    CHECK(std::ranges::count(verdicts, Verdict::suspect) == steps / spike_every);
  }
  CHECK(rounds == 160);
  const auto frozen = check_persistence(series, 6);
  CHECK(std::ranges::count(frozen, Verdict::suspect) == 0);
  return checks::result();
}
