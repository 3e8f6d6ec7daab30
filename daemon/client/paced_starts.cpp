// A token before each start; none is kept that is of no use.
#include "daemon/client/paced_starts.hpp"

namespace winnow::client {

void PacedStarts::test_started(const TestStarted& event)
{
  running_.insert(event.test); // once, however often it runs again in its place
}

void PacedStarts::test_finished(const TestResult& result)
{
  // What ended for want of memory waits to run alone, and is permitted to start once more then.
  const bool has_place = result.again && !is_environments(result);
  if (!has_place && running_.erase(result.index) > 0) {
    server_.give_back();
  }
}

Result<void> PacedStarts::permit_starts(const Permit& permit)
{
  while (wanted_ && server_.try_take()) {
    wanted_ = false;
    const Result<bool> started = permit();
    if (!started || !*started) {
      server_.give_back();
    }
    if (!started) {
      return started.error();
    }
  }
  return {};
}

} // namespace winnow::client
