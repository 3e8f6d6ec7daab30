// Tests that are run again: at once in the place they have, or later in a new one.
#include "daemon/serve/clock.hpp"
#include "daemon/serve/run.hpp"
#include "daemon/serve/run_service_state.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace winnow::serve {

/// What follows at once keeps its place, so that nobody comes between. Who waits before it does not
/// occupy anything meanwhile, unless its client permits starts one by one: it has a permit for one.
void RunService::State::hold_back(schedule::TaskId task, const TestResult& last)
{
  LivingRun& run = living.at(places.at(task).run_id);
  const std::int64_t now = monotonic_us();
  const std::int64_t pause = run.pause_us(last);
  DueAttempt due{task, last, now + pause, pause == 0 || run.run->request().paced};
  if (!due.has_place) {
    run.attempts[last.index].spent_us += now - run.started_us[last.index];
    give_back(run, last.index);
    scheduler.suspend(task);
  }
  due_attempts.push_back(std::move(due));
}

/// While results cannot be kept nothing new starts.
void RunService::State::repeat_held_back()
{
  const bool full = commits.is_full(held_back());
  const std::int64_t now = monotonic_us();
  for (DueAttempt& due : std::exchange(due_attempts, {})) {
    if (!living.at(places.at(due.task).run_id).repeats(due.last)) {
      end_without_attempt(due);
    } else if (full || due.due_us > now) {
      due_attempts.push_back(std::move(due));
    } else {
      repeat(due);
    }
  }
  const auto first = std::ranges::min_element(due_attempts, {}, &DueAttempt::due_us);
  if (first == due_attempts.end() || first->due_us <= now) {
    return; // those that are due start when results can be kept
  }
  attempt_timer.expires_at(
      std::chrono::steady_clock::time_point(std::chrono::microseconds(first->due_us)));
  attempt_timer.async_wait([weak = weak_from_this()](const boost::system::error_code& stopped) {
    if (const auto self = weak.lock(); self && !stopped) {
      self->schedule_turn();
    }
  });
}

void RunService::State::repeat(const DueAttempt& attempt)
{
  if (attempt.has_place) {
    begin_attempt(attempt.task, attempt.last.attempt + 1);
  } else {
    scheduler.resume(attempt.task);
    schedule_turn();
  }
}

/// Its run does not want it any more.
void RunService::State::end_without_attempt(const DueAttempt& attempt)
{
  const std::uint32_t test = attempt.last.index;
  LivingRun& run = living.at(places.at(attempt.task).run_id);
  const std::int64_t now = monotonic_us();
  run.times->ended(
      test, attempt.has_place ? run.occupied_us(attempt.last, now) : run.attempts[test].spent_us,
      now);
  give_back(run, test);
  scheduler.finish(attempt.task, schedule::Outcome::failed);
  keep(run, result_without_process(run, test, Verdict::cancelled,
                                   "its run was cancelled before it could run again"));
}

} // namespace winnow::serve
