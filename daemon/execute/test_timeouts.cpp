// Seconds as properties state them become times on a clock.
#include "daemon/execute/test_timeouts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <csignal>
#include <iterator>
#include <string_view>
#include <vector>

namespace winnow::execute {
namespace {

using std::chrono::microseconds;

struct NamedSignal {
  std::string_view name;
  int number;
};

/// Those that CMake allows.
constexpr NamedSignal named_signals[] = {{"SIGINT", SIGINT},
                                         {"SIGQUIT", SIGQUIT},
                                         {"SIGTERM", SIGTERM},
                                         {"SIGUSR1", SIGUSR1},
                                         {"SIGUSR2", SIGUSR2}};

constexpr double longest_grace_s = 60;
constexpr double usual_grace_s = 1;

microseconds in_us(double seconds)
{
  return microseconds(static_cast<std::int64_t>(seconds * 1e6));
}

TestTimeout cut_by_run(std::optional<double> seconds, const RunTimeouts& run, std::int64_t now_us)
{
  // Longer than this is as good as none, and fits the clock.
  constexpr double longest_s = 1e8;
  TestTimeout timeout;
  if (seconds && *seconds < longest_s) {
    timeout.after = in_us(std::max(*seconds, 0.0));
  }
  if (run.stop_at_us) {
    const microseconds left(std::max<std::int64_t>(*run.stop_at_us - now_us, 0));
    if (!timeout.after || left < *timeout.after) {
      timeout = {left, true};
    }
  }
  return timeout;
}

} // namespace

TestTimeout timeout_of(const TestProperties& properties, const RunTimeouts& run,
                       std::int64_t now_us)
{
  std::optional<double> seconds = properties.timeout_s ? properties.timeout_s : run.timeout_s;
  if (seconds && *seconds <= 0) {
    seconds.reset();
  }
  return cut_by_run(seconds, run, now_us);
}

std::optional<TestTimeout> timeout_after_match(const TestProperties& properties,
                                               const RunTimeouts& run, std::int64_t now_us)
{
  const double seconds = properties.timeout_after_match->timeout_s;
  if (seconds == 0 && properties.timeout_s) {
    return std::nullopt;
  }
  return cut_by_run(seconds, run, now_us);
}

int timeout_signal(const TestProperties& properties)
{
  const auto* const found =
      std::ranges::find(named_signals, properties.timeout_signal_name, &NamedSignal::name);
  return found == std::end(named_signals) ? 0 : found->number;
}

microseconds timeout_grace(const TestProperties& properties)
{
  return in_us(properties.timeout_signal_grace_s.value_or(usual_grace_s));
}

std::string timeout_objection(const TestProperties& properties)
{
  std::vector<std::string> lines;
  if (!properties.timeout_signal_name.empty() && timeout_signal(properties) == 0) {
    lines.push_back(fmt::format("TIMEOUT_SIGNAL_NAME \"{}\" not supported on this platform.",
                                properties.timeout_signal_name));
  }
  if (const std::optional<double> grace = properties.timeout_signal_grace_s) {
    if (!(*grace > 0)) {
      lines.push_back(fmt::format(
          "TIMEOUT_SIGNAL_GRACE_PERIOD \"{}\" is not greater than \"0\" seconds.", *grace));
    } else if (*grace > longest_grace_s) {
      lines.push_back(fmt::format("TIMEOUT_SIGNAL_GRACE_PERIOD \"{}\" is not less than the maximum "
                                  "of \"{}\" seconds.",
                                  *grace, longest_grace_s));
    }
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

} // namespace winnow::execute
