// Adds up stretches of waiting.
#include "analyzer/schedule/wait_clock.hpp"

#include <iterator>

namespace winnow::schedule {

WaitTimes WaitClock::until(const Stretches::value_type& stretch, std::int64_t at_us)
{
  WaitTimes times = stretch.second.before;
  times[static_cast<std::size_t>(stretch.second.cause)] += at_us - stretch.first;
  return times;
}

WaitClock::Stretches::iterator WaitClock::stretch_at(std::int64_t at_us)
{
  const auto after = stretches_.upper_bound(at_us);
  return after == stretches_.begin() ? after : std::prev(after);
}

void WaitClock::join(std::int64_t now_us)
{
  if (stretches_.empty()) {
    stretches_.try_emplace(now_us);
  }
  ++stretches_.rbegin()->second.joined;
  joined_last_ = joined_last_us_ == now_us ? joined_last_ + 1 : 1;
  joined_last_us_ = now_us;
}

void WaitClock::forget(std::int64_t joined_us)
{
  const auto joined = stretch_at(joined_us);
  if (joined == stretches_.end()) {
    return;
  }
  --joined->second.joined;
  if (joined_us == joined_last_us_) {
    --joined_last_;
  }
  if (joined->second.joined == 0 && std::next(joined) != stretches_.end()) {
    stretches_.erase(joined);
  }
}

WaitTimes WaitClock::leave(std::int64_t joined_us, std::int64_t now_us)
{
  const auto joined = stretch_at(joined_us);
  if (joined == stretches_.end()) {
    return {};
  }
  WaitTimes times = until(*stretches_.rbegin(), now_us);
  const WaitTimes before = until(*joined, joined_us);
  for (std::size_t cause = 0; cause < times.size(); ++cause) {
    times[cause] -= before[cause];
  }
  forget(joined_us);
  return times;
}

void WaitClock::note(WaitCause cause, std::optional<TaskId> by, std::int64_t now_us)
{
  by_ = by;
  if (stretches_.empty()) {
    return;
  }
  const auto last = std::prev(stretches_.end());
  if (last->second.cause == cause) {
    return;
  }
  if (last->first == now_us) {
    last->second.cause = cause;
    return;
  }
  const std::uint32_t of_now = joined_last_us_ == now_us ? joined_last_ : 0;
  const Stretch next{cause, of_now, until(*last, now_us)};
  last->second.joined -= of_now;
  if (last->second.joined == 0) {
    stretches_.erase(last);
  }
  stretches_.emplace(now_us, next);
}

WaitCause WaitClock::cause() const
{
  return stretches_.empty() ? WaitCause::nothing : stretches_.rbegin()->second.cause;
}

} // namespace winnow::schedule
