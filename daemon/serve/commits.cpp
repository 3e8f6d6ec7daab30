// One try for all, and a timer until the next.
#include "daemon/serve/commits.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace winnow::serve {

Commits::Commits(const boost::asio::any_io_executor& executor, store::Store& store,
                 CommitLimits limits, Listener listener)
    : store_(store),
      thread_(executor, store),
      listener_(std::move(listener)),
      backoff_(limits),
      timer_(executor),
      pace_timer_(executor)
{}

bool Commits::is_time()
{
  const auto next = last_ + backoff_.limits().pace;
  is_time_ = Clock::now() >= next;
  if (is_time_) {
    return true;
  }
  if (pace_timer_.expiry() != next) {
    pace_timer_.expires_at(next);
    pace_timer_.async_wait([this, alive = std::weak_ptr(alive_)](const auto& stopped) {
      if (!stopped && !alive.expired()) {
        listener_.try_again();
      }
    });
  }
  return false;
}

void Commits::commit(LivingRun& run)
{
  if (run.uncommitted.empty() || run.being_committed > 0 || !backoff_.may_try()) {
    return;
  }
  run.being_committed = run.uncommitted.size();
  if (is_time_) { // not where a run could not wait: others would have to
    last_ = Clock::now();
  }
  thread_.add_results(run.run->id(), run.uncommitted,
                      [this, alive = std::weak_ptr(alive_), id = run.run->id()](const auto& added) {
                        if (!alive.expired()) {
                          committed(id, added);
                        }
                      });
}

void Commits::committed(const std::string& run_id, const Result<void>& added)
{
  LivingRun* run = listener_.run(run_id);
  const std::size_t count = run == nullptr ? 0 : std::exchange(run->being_committed, 0);
  if (!added) {
    failed(added.error());
  } else {
    if (run != nullptr) {
      run->tell_committed(count);
    }
    store_works();
  }
  listener_.try_again(); // or give up
}

bool Commits::end(const LivingRun& run, std::int64_t now_us)
{
  if (run.given_up) {
    late_ends_.push_back({run.run->id(), run.end, now_us});
    return true;
  }
  if (!backoff_.may_try()) {
    return false;
  }
  if (const Result<void> ended = store_.end_run(run.run->id(), run.end, now_us); !ended) {
    failed(ended.error());
    return false;
  }
  thread_.sync_soon();
  store_works();
  return true;
}

void Commits::failed(const Error& error)
{
  const CommitBackoff::News news = backoff_.failed(error);
  timer_.expires_after(backoff_.pause());
  timer_.async_wait([this, alive = std::weak_ptr(alive_)](const auto& stopped) {
    if (!stopped && !alive.expired()) {
      backoff_.pause_is_over();
      listener_.try_again();
    }
  });
  if (news == CommitBackoff::News::trouble) {
    spdlog::error("results are held back: {}", error.message);
    listener_.trouble(error.message);
  }
}

void Commits::store_works()
{
  if (backoff_.succeeded() == CommitBackoff::News::over) {
    spdlog::info("results can be kept again");
    timer_.cancel();
    listener_.trouble("");
    listener_.try_again();
  }
  for (const End& late : std::exchange(late_ends_, {})) {
    if (!store_.end_run(late.run_id, late.end, late.at_us)) {
      late_ends_.push_back(late);
    }
  }
}

void Commits::rest()
{
  timer_.cancel();
  backoff_.pause_is_over();
}

bool Commits::is_full(std::size_t held_back) const
{
  return backoff_.is_lasting() || held_back >= backoff_.limits().most_held_back;
}

bool Commits::is_hopeless(LivingRun& run, bool full, std::int64_t monotonic_us) const
{
  if (run.being_committed > 0) {
    return false; // who knows
  }
  const bool stuck = backoff_.in_trouble() && run.executions.empty() && !run.given_up &&
                     (full || run.has_all_results() || run.waits_for_permits());
  if (!stuck) {
    run.stuck_since.reset();
    return false;
  }
  if (!run.stuck_since) {
    run.stuck_since = monotonic_us;
  }
  const CommitLimits& limits = backoff_.limits();
  // Who cancels a run wants to be rid of it.
  const auto patience = run.end == RunEnd::cancelled
                            ? std::min(limits.longest_pause, limits.patience)
                            : limits.patience;
  return backoff_.is_lasting() ||
         std::chrono::microseconds(monotonic_us - *run.stuck_since) >= patience;
}

} // namespace winnow::serve
