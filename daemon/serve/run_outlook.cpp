// What a run's tests wait for, how long it will take, and how fast it could have been.
#include "daemon/serve/clock.hpp"
#include "daemon/serve/run.hpp"
#include "daemon/serve/run_service_state.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

namespace winnow::serve {

/// "" of none, and of one whose run is over.
std::string RunService::State::name_of(const std::optional<schedule::TaskId>& task) const
{
  const auto place = task ? places.find(*task) : places.end();
  const auto run = place == places.end() ? living.end() : living.find(place->second.run_id);
  return run == living.end() ? ""
                             : run->second.tests()[place->second.test].description.key.display();
}

std::vector<WaitPart> RunService::State::wait_parts(const schedule::Action& start) const
{
  std::vector<WaitPart> parts;
  for (const schedule::Waited& waited : start.waited) {
    parts.push_back({waited.cause, waited.us, waited.name, name_of(waited.task)});
  }
  return parts;
}

std::vector<WaitingTests> RunService::State::waiting(const LivingRun& run) const
{
  std::vector<WaitingTests> groups;
  for (const schedule::WaitingTasks& group : scheduler.waiting(run.job)) {
    groups.push_back({group.count, group.cause, group.name, name_of(group.task)});
  }
  std::ranges::stable_sort(groups, std::greater{}, &WaitingTests::count);
  return groups;
}

/// Runs share the machine evenly, as far as they have tests for it.
std::optional<std::int64_t> RunService::State::remaining_us(LivingRun& run) const
{
  constexpr std::int64_t pause_us = 500'000;
  const std::int64_t now = monotonic_us();
  if (run.outlook_us != 0 && now - run.outlook_us < pause_us) {
    return run.remaining_us;
  }
  schedule::Capacity own = capacity;
  own.cpu_milli = std::max(own.cpu_milli / static_cast<std::uint32_t>(living.size()), 1U);
  run.outlook_us = now;
  run.remaining_us =
      run.times->remaining_us(own, [&](std::uint32_t test) -> std::optional<std::int64_t> {
        return run.executions.contains(test) ? std::optional(now - run.started_us[test])
                                             : std::nullopt;
      });
  return run.remaining_us;
}

RunFinished RunService::State::how_it_ended(const LivingRun& run)
{
  RunFinished how;
  how.end = run.end;
  how.duration_us = run.times->elapsed_us(monotonic_us());
  std::tie(how.lower_bound_us, how.bound) = run.times->bound(capacity, run.tests());
  const WaitTimes idle_us = scheduler.take_idle_us(run.job);
  for (std::size_t cause = 0; cause < idle_us.size(); ++cause) {
    if (idle_us[cause] > 0) {
      how.idle.push_back({static_cast<WaitCause>(cause), idle_us[cause]});
    }
  }
  std::ranges::stable_sort(how.idle, std::greater{}, &IdleTime::cpu_us);
  return how;
}

std::optional<RunSummary> RunService::summary(const std::string& run_id) const
{
  const auto found = state_->living.find(run_id);
  if (found != state_->living.end()) {
    RunSummary summary = found->second.run->summary();
    summary.waiting = state_->waiting(found->second);
    summary.remaining_us = state_->remaining_us(found->second);
    return summary;
  }
  if (const auto lost = state_->recent.lost(run_id)) {
    return lost->summary();
  }
  const auto ended = state_->recent.kept(run_id);
  return ended ? std::optional(ended->summary) : std::nullopt;
}

} // namespace winnow::serve
