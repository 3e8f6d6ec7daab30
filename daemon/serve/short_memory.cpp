// What happens to tests when memory runs out: who is ended, who died of it, who runs again alone.
#include "daemon/execute/memory_pressure.hpp"
#include "daemon/execute/test_execution.hpp"
#include "daemon/serve/clock.hpp"
#include "daemon/serve/run_service_state.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <string>
#include <utility>

namespace winnow::serve {
namespace {

/// A killer that keeps no count of its own may come a little after memory was short.
constexpr std::int64_t shortage_lasts_us = 2'000'000;

Shortage shortage_of(schedule::Pressure pressure)
{
  switch (pressure) {
  case schedule::Pressure::none:
    return Shortage::none;
  case schedule::Pressure::of_cpu:
    return Shortage::cpu;
  default:
    return Shortage::memory;
  }
}

std::string megabytes(std::uint64_t bytes)
{
  return fmt::format("{} MB", (bytes + (1 << 20) - 1) >> 20U);
}

} // namespace

/// Limits may have changed, cpus gone, and others taken memory.
void RunService::State::heed_machine()
{
  constexpr std::int64_t pause_us = 200'000;
  constexpr std::int64_t pause_when_near_us = 40'000;
  const std::int64_t now = monotonic_us();
  if (now - capacity_asked_us < (gauge.is_near() ? pause_when_near_us : pause_us)) {
    return;
  }
  capacity_asked_us = now;
  MachineState state = machine();
  capacity = state.capacity;
  memory_bytes = state.reading.memory_bytes;
  oom_kills = state.oom_kills;
  scheduler.set_capacity(capacity);
  state.reading.at_us = now;
  state.reading.running_tests = static_cast<std::uint32_t>(scheduler.running_count());
  state.reading.ready_processes = ready_processes;
  free_bytes = state.reading.free_bytes;
  const schedule::Pressure pressure = gauge.read(state.reading);
  const Shortage shortage = shortage_of(pressure);
  if (shortage == Shortage::memory) {
    short_until_us = now + shortage_lasts_us;
  }
  if (shortage != short_of) {
    short_of = shortage;
    short_since_us = now;
  }
  scheduler.set_pressure(pressure);
}

ResourceUse RunService::State::use() const
{
  ResourceUse use = scheduler.use();
  use.memory_free_bytes = free_bytes;
  use.pressure = {short_of, short_of == Shortage::none ? 0 : monotonic_us() - short_since_us,
                  tests_ended, tests_killed};
  return use;
}

/// It is killed; when it has ended it waits for its turn to run alone.
void RunService::State::end_for_memory(schedule::TaskId task)
{
  const TaskPlace& place = places.at(task);
  const LivingRun& run = living.at(place.run_id);
  const auto execution = run.executions.find(place.test);
  if (execution != run.executions.end()) {
    spdlog::info("memory is short: {} of run {} is ended, to run again alone",
                 run.tests()[place.test].description.key.display(), place.run_id);
    ended_for_memory.insert(task);
    ++tests_ended;
    execution->second->kill();
  }
}

/// Turns the result of an attempt that says nothing of its test, since memory was short, into one
/// that is not the test's; of a second one, into one that says what the test needs.
void RunService::State::heed_shortage(schedule::TaskId task, TestResult& result)
{
  LivingRun& run = living.at(places.at(task).run_id);
  const bool was_ended = ended_for_memory.erase(task) > 0;
  const EndedAttempts* const before = run.attempts_before(result.index);
  result.environment = before != nullptr && before->environment > 0;
  if (!run.run->request().rerun_for_memory) {
    return;
  }
  if (was_ended && result.verdict == Verdict::cancelled && run.end == RunEnd::completed) {
    result.environment = true;
    result.reason =
        fmt::format("ended while memory was short, with {}", megabytes(result.peak_memory_bytes));
    return;
  }
  if (!died_of_memory(run, result)) {
    return;
  }
  ++tests_killed;
  const std::string who = result.signal == SIGKILL
                              ? "killed"
                              : fmt::format("{}, and a process was killed", result.reason);
  if (result.environment) {
    result.verdict = Verdict::over_memory;
    result.reason = fmt::format("{} for want of memory though it ran alone: {} seen, of {}", who,
                                megabytes(result.peak_memory_bytes), megabytes(memory_bytes));
  } else {
    result.environment = true;
    result.verdict = Verdict::cancelled;
    result.reason =
        fmt::format("{} for want of memory, with {}", who, megabytes(result.peak_memory_bytes));
  }
}

/// The kernel counts whom it kills. A test whose child it killed may fail in any way; one that
/// expects a failure may pass by it.
bool RunService::State::died_of_memory(const LivingRun& run, const TestResult& result)
{
  const bool by_signal = result.verdict == Verdict::crashed && result.signal == SIGKILL;
  const bool expects_failure =
      run.tests()[result.index].description.properties->will_fail && result.exit_code != 0;
  const bool failed = is_failure(result.verdict) && result.verdict != Verdict::not_run;
  if (!failed && !(expects_failure && result.verdict == Verdict::passed)) {
    return false;
  }
  const auto at_start = run.oom_kills_at_start.find(result.index);
  const std::optional<std::uint64_t> now = count_oom_kills();
  if (now && at_start != run.oom_kills_at_start.end() && *now > at_start->second) {
    return true;
  }
  return by_signal && monotonic_us() < short_until_us;
}

/// Of now: what was counted with the machine's capacity may be older than the death.
std::optional<std::uint64_t> RunService::State::count_oom_kills()
{
  const MachineState state = machine();
  memory_bytes = state.reading.memory_bytes;
  return oom_kills = state.oom_kills;
}

/// Its place is given up; the next attempt is not one of those that were asked for.
void RunService::State::rerun_alone(schedule::TaskId task, const TestResult& ended)
{
  LivingRun& run = living.at(places.at(task).run_id);
  run.attempts[ended.index].spent_us += monotonic_us() - run.started_us[ended.index];
  give_back(run, ended.index);
  scheduler.restart_alone(task);
}

} // namespace winnow::serve
