// What the service does in each turn of the loop, and what it is asked.
#include "daemon/serve/run_service.hpp"

#include "daemon/serve/clock.hpp"
#include "daemon/serve/run.hpp"
#include "daemon/serve/run_service_state.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace winnow::serve {

void RunService::State::schedule_turn()
{
  if (std::exchange(turn_scheduled, true)) {
    return;
  }
  boost::asio::post(executor, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) {
      self->turn_scheduled = false;
      self->turn();
    }
  });
}

/// Nothing starts any more, not even cleanups: the time is over.
void RunService::State::heed_stop_times()
{
  const std::int64_t now = now_us();
  for (auto& [id, run] : living) {
    if (run.is_past_stop_time(now)) {
      cancel_waiting(run, RunEnd::completed, "the run's stop time came", DueCleanups::leave);
    }
  }
}

/// Nobody tells when the load has gone down: runs that are held back by it are looked at now and
/// then.
void RunService::State::heed_load()
{
  constexpr std::chrono::seconds pause{1};
  bool limited = false;
  for (const auto& [id, run] : living) {
    if (const auto limit = run.run->request().load_limit) {
      scheduler.set_spare(run.job, spare_cpus(*limit, load()));
      limited = true;
    }
  }
  if (limited) {
    load_timer.expires_after(pause);
    load_timer.async_wait([weak = weak_from_this()](const boost::system::error_code& stopped) {
      if (const auto self = weak.lock(); self && !stopped) {
        self->schedule_turn();
      }
    });
  }
}

/// New processes first, so that the machine works while results are written.
void RunService::State::turn()
{
  heed_stop_times();
  heed_load();
  repeat_held_back();
  // Runs that were given up keep nothing, but have cleanups to run.
  const bool keeps_nothing = std::all_of(living.begin(), living.end(),
                                         [](const auto& entry) { return entry.second.given_up; });
  if (keeps_nothing || !commits.is_full(held_back())) {
    if (scheduler.waiting_count() > 0) {
      heed_machine(); // what has ended gave something back
    }
    advance();
  }
  watch_usage();
  std::vector<std::string> over;
  const bool commits_now = commits.is_time();
  for (auto& [id, run] : living) {
    // The client of a paced run gives a token back with each result.
    const bool can_wait = !run.run->request().paced && !run.has_all_results();
    if (!commits_now && can_wait && !run.uncommitted.empty()) {
      run.run->wake_followers(); // one may wait for the output of what has just started
      continue;
    }
    commits.commit(run);
    if (run.uncommitted.empty() || commits.in_trouble()) {
      run.tell_starts(); // else in their place among the results
    }
    run.run->wake_followers();
    if (run.has_all_results() && run.uncommitted.empty()) {
      over.push_back(id);
    }
  }
  for (const std::string& id : over) {
    end(id);
  }
  give_up_hopeless();
}

void RunService::State::tell_of_trouble(const std::string& why)
{
  for (const auto& [id, run] : living) {
    run.run->store_in_trouble(why);
    run.run->wake_followers();
  }
}

std::size_t RunService::State::held_back() const
{
  std::size_t count = 0;
  for (const auto& [id, run] : living) {
    count += run.uncommitted.size();
  }
  return count;
}

/// Ends runs whose results cannot be kept, as incomplete; cleanups that are due still run.
void RunService::State::give_up_hopeless()
{
  const bool full = commits.is_full(held_back());
  for (auto& [id, run] : living) {
    if (!commits.is_hopeless(run, full, monotonic_us())) {
      continue;
    }
    const std::string why =
        fmt::format("{} results are lost: {}", run.uncommitted.size(), commits.trouble());
    spdlog::error("run {} is incomplete; {}", id, why);
    run.given_up = true;
    run.uncommitted.clear();
    scheduler.set_permits(run.job, std::nullopt); // what cleans up needs them no more
    cancel_waiting(run, RunEnd::incomplete, why);
    run.end = RunEnd::incomplete;
    run.run->store_in_trouble(why);
    schedule_turn();
  }
}

void RunService::State::end(const std::string& run_id)
{
  const std::int64_t now = now_us();
  if (!commits.end(living.at(run_id), now)) {
    return;
  }
  const LivingRun run = std::move(living.at(run_id));
  living.erase(run_id);
  std::erase_if(places, [&](const auto& place) { return place.second.run_id == run_id; });
  run.run->end(now, how_it_ended(run));
  run.run->wake_followers();
  if (run.given_up) {
    recent.add_lost(run.run);
  } else {
    recent.add_kept(*run.run);
  }
  prune_now_and_then();
  if (living.empty()) {
    commits.rest();
    if (idle) {
      idle();
    }
  }
}

/// A daemon may live for long: without this its database would grow as long.
void RunService::State::prune_now_and_then()
{
  if (++ended_since_prune < retention.runs_between_prunes) {
    return;
  }
  ended_since_prune = 0;
  if (const Result<void> pruned = store.prune(retention.runs); !pruned) {
    spdlog::warn("old runs stay: {}", pruned.error().message);
  }
}

RunService::RunService(boost::asio::any_io_executor executor, store::Store& store,
                       MachineSource machine, CommitLimits limits, Retention retention,
                       LoadSource load)
    : state_(std::make_shared<State>(std::move(executor), store, std::move(machine), limits,
                                     retention, std::move(load)))
{}

RunService::~RunService() = default;

Result<std::string> RunService::submit(RunRequest request)
{
  return state_->submit(std::move(request));
}

void RunService::cancel(const std::string& run_id, WhatRuns what_runs)
{
  const auto found = state_->living.find(run_id);
  if (found == state_->living.end()) {
    return;
  }
  LivingRun& run = found->second;
  state_->cancel_waiting(run, RunEnd::cancelled, "the run was cancelled");
  if (!run.given_up) {
    run.end = RunEnd::cancelled;
  }
  if (what_runs == WhatRuns::is_killed) {
    for (const auto& [test, execution] : run.executions) {
      execution->kill();
    }
  }
}

std::shared_ptr<Run> RunService::find(const std::string& run_id) const
{
  const auto found = state_->living.find(run_id);
  return found == state_->living.end() ? state_->recent.lost(run_id) : found->second.run;
}

std::shared_ptr<const EndedRun> RunService::ended(const std::string& run_id) const
{
  return state_->recent.kept(run_id);
}

std::size_t RunService::living_count() const
{
  return state_->living.size();
}

ResourceUse RunService::use() const
{
  if (state_->living.empty()) {
    state_->heed_machine(); // nobody has asked it meanwhile
  }
  return state_->use();
}

void RunService::when_idle(std::function<void()> notify)
{
  state_->idle = std::move(notify);
}

} // namespace winnow::serve
