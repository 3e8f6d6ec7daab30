// Looks at what running tests use, for the scheduler to learn from and for their results.
#include "daemon/execute/test_execution.hpp"
#include "daemon/serve/clock.hpp"
#include "daemon/serve/run_service_state.hpp"

#include <algorithm>
#include <chrono>

namespace winnow::serve {
namespace {

/// Shorter tests cost nothing, and there is nothing to be learned of them.
constexpr std::int64_t shortest_us = 80'000;

} // namespace

/// Often while the scheduler has something to learn or memory is scarce, now and then for the
/// memory that tests use.
void RunService::State::watch_usage()
{
  constexpr std::chrono::milliseconds pause_to_learn{50};
  constexpr std::chrono::milliseconds pause{500};
  const bool learns = scheduler.learns() || gauge.is_near();
  if (scheduler.running_count() == 0 || (usage_watched && !(learns && !usage_learned))) {
    return;
  }
  usage_watched = true;
  usage_learned = learns;
  usage_timer.expires_after(learns ? pause_to_learn : pause); // ends the wait before
  usage_timer.async_wait([weak = weak_from_this()](const boost::system::error_code& stopped) {
    if (const auto self = weak.lock(); self && !stopped) {
      self->usage_watched = false;
      self->look_at_usage();
    }
  });
}

void RunService::State::look_at_usage()
{
  heed_machine();
  const std::int64_t now = monotonic_us();
  for (const auto& [id, run] : living) {
    for (const auto& [test, execution] : run.executions) {
      if (const auto leader = execution->leader();
          leader && now - run.started_us[test] >= shortest_us && !usages.of(*leader)) {
        usages.follow(*leader);
      }
    }
  }
  usages.look();
  ready_processes = 0;
  for (const schedule::TaskId task : scheduler.running_tasks()) {
    const TaskPlace& place = places.at(task);
    const auto& executions = living.at(place.run_id).executions;
    const auto execution = executions.find(place.test);
    const auto leader = execution == executions.end() ? std::nullopt : execution->second->leader();
    if (const auto usage = leader ? usages.of(*leader) : std::nullopt) {
      ready_processes += usage->ready_processes;
      scheduler.observe(task, {.at_us = now,
                               .cpu_us = usage->cpu_us + usage->run_delay_us.value_or(0),
                               .memory_bytes = usage->memory_bytes
                                                   ? std::optional(usage->peak_memory_bytes)
                                                   : std::nullopt,
                               .is_ready = usage->ready_processes > 0});
    }
  }
  schedule_turn();
}

/// Its result has the most memory that all its processes were seen to use.
void RunService::State::stop_watching(const execute::TestExecution& execution, TestResult& result)
{
  if (const std::optional<pid_t> leader = execution.leader()) {
    result.peak_memory_bytes = usages.forget(*leader).peak_with(result.peak_memory_bytes);
  }
}

} // namespace winnow::serve
