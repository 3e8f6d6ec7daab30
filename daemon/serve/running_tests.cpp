// Starts the tests of runs, and takes what becomes of them.
#include "daemon/execute/test_execution.hpp"
#include "daemon/serve/clock.hpp"
#include "daemon/serve/generated_resources.hpp"
#include "daemon/serve/run.hpp"
#include "daemon/serve/run_job.hpp"
#include "daemon/serve/run_service_state.hpp"
#include "daemon/serve/told_waits.hpp"

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace winnow::serve {
namespace {

schedule::Outcome outcome_of(Verdict verdict)
{
  return is_failure(verdict) || verdict == Verdict::cancelled ? schedule::Outcome::failed
                                                              : schedule::Outcome::succeeded;
}

} // namespace

Result<std::string> RunService::State::submit(RunRequest request)
{
  heed_machine();
  const Result<History> history = store.history(request.project, request.configuration);
  if (!history) {
    spdlog::warn("a run of {} is scheduled as if none had been before it: {}", request.project,
                 history.error().message);
  }
  Result<RunJob> job = job_of(request, history ? *history : History{}, capacity.memory_bytes);
  if (!job) {
    return job.error();
  }
  Result<LivingRun> begun =
      begin_run(store, std::move(request), std::max(capacity.cpu_milli / 1000, 1U));
  if (!begun) {
    return begun.error();
  }
  commits.store_works();
  const std::string id = begun->run->id();
  LivingRun& run = living.emplace(id, std::move(*begun)).first->second;
  run.times.emplace(job->job, job->tests, run.tests().size(), monotonic_us());
  if (const auto stop_at_us = run.run->request().stop_at_us) {
    run.stop_timer = timer_at(executor, *stop_at_us, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) {
        self->schedule_turn();
      }
    });
  }
  for (std::uint32_t test = 0; test < run.tests().size(); ++test) {
    if (run.tests()[test].description.properties->disabled) {
      keep(run, result_without_process(run, test, Verdict::disabled, "disabled"));
    }
  }
  add_job(run, std::move(job->job), job->tests);
  schedule_turn();
  return id;
}

void RunService::State::add_job(LivingRun& run, schedule::Job job,
                                const std::vector<std::uint32_t>& tests)
{
  const schedule::AddedJob added = scheduler.add(std::move(job));
  run.job = added.job;
  for (std::size_t i = 0; i < added.tasks.size(); ++i) {
    places.emplace(added.tasks[i], TaskPlace{run.run->id(), tests[i]});
  }
}

void RunService::State::advance()
{
  for (std::vector<schedule::Action> actions = scheduler.next(monotonic_us()); !actions.empty();
       actions = scheduler.next(monotonic_us())) {
    for (const schedule::Action& action : actions) {
      switch (action.kind) {
      case schedule::Action::Kind::start:
        start(action);
        break;
      case schedule::Action::Kind::end:
        end_for_memory(action.task);
        break;
      case schedule::Action::Kind::give_up:
        give_up(action);
        break;
      }
    }
  }
  tell_wanted_starts();
}

void RunService::State::start(const schedule::Action& action)
{
  const TaskPlace place = places.at(action.task);
  LivingRun& run = living.at(place.run_id);
  run.started_us[place.test] = monotonic_us();
  run.resources[place.test] = action.resources;
  run.granted_cpus[place.test] = action.cpus;
  run.waits[place.test] = wait_parts(action);
  take_cpus(run, place.test);
  const auto ended = run.attempts.find(place.test);
  begin_attempt(action.task, ended == run.attempts.end() ? 1 : ended->second.count + 1);
}

void RunService::State::begin_attempt(schedule::TaskId task, std::uint32_t number)
{
  const TaskPlace place = places.at(task);
  LivingRun& run = living.at(place.run_id);
  run.begins({place.test, now_us(), number});
  if (oom_kills) {
    run.oom_kills_at_start[place.test] = *oom_kills;
  }
  auto& execution = run.executions[place.test];
  execution = execute::start_test(
      executor, run.tests()[place.test],
      {place.test, number, run.resources[place.test], run.cpus[place.test],
       std::max(run.granted_cpus[place.test], 1U)},
      run.context, *run.log, [weak = weak_from_this(), task](execute::FinishedTest finished) {
        if (const auto self = weak.lock()) {
          self->test_ended(task, std::move(finished));
        }
      });
  run.run->output_begins(place.test, execution->output());
}

void RunService::State::take_cpus(LivingRun& run, std::uint32_t test)
{
  const TestProperties& properties = run.tests()[test].description.properties;
  if (properties.processor_affinity) {
    const std::uint32_t most = run.run->request().jobs.value_or(properties.processors);
    run.cpus[test] = cpus.take(std::min(properties.processors, most));
  }
}

void RunService::State::give_back(LivingRun& run, std::uint32_t test)
{
  run.resources.erase(test);
  run.granted_cpus.erase(test);
  run.oom_kills_at_start.erase(test);
  if (const auto taken = run.cpus.extract(test)) {
    cpus.give_back(taken.mapped());
  }
}

void RunService::State::give_up(const schedule::Action& action)
{
  const TaskPlace place = places.at(action.task);
  places.erase(action.task);
  LivingRun& run = living.at(place.run_id);
  const auto setup = action.because ? places.find(*action.because) : places.end();
  std::string reason = setup == places.end() || !action.shortfalls.empty()
                           ? run.why_never(action.shortfalls)
                           : run.why_without(setup->second.test);
  run.times->ended(place.test, 0, monotonic_us());
  keep(run, result_without_process(run, place.test, Verdict::not_run, std::move(reason)));
}

void RunService::State::test_ended(schedule::TaskId task, execute::FinishedTest finished)
{
  const TaskPlace place = places.at(task);
  LivingRun& run = living.at(place.run_id);
  stop_watching(*run.executions.at(place.test), finished.result);
  // It may be what calls us: let it return first.
  boost::asio::post(executor, [done = std::shared_ptr<execute::TestExecution>(
                                   std::move(run.executions.at(place.test)))] {});
  run.executions.erase(place.test);
  run.run->output_ends(place.test, finished.output);
  run.release_servers(place.test);
  if (finished.kept) {
    run.servers.emplace(place.test, std::move(finished.kept));
  }
  if (const auto made = take_generated_resources(run, finished.result)) {
    scheduler.set_resources(run.job, *made); // before its users can start
  }
  TestResult& result = finished.result;
  heed_shortage(task, result);
  const Verdict verdict = result.verdict;
  run.note_attempt(result);
  result.waited_us =
      result.attempt == 1 ? run.started_us[place.test] - run.times->ready_us(place.test) : 0;
  if (auto waits = run.waits.extract(place.test)) {
    tell_waits(result, std::move(waits.mapped()));
  }
  if (result.again) {
    run.servers.erase(place.test);
    if (is_environments(result)) {
      rerun_alone(task, result);
    } else {
      hold_back(task, result);
    }
    keep(run, {std::move(result), finished.output.offset, finished.output.length});
    repeat_held_back();
    return;
  }
  const std::int64_t now = monotonic_us();
  run.times->measured(place.test, result.duration_us, result.cpu_us);
  run.times->ended(place.test, run.occupied_us(result, now), now);
  give_back(run, place.test);
  scheduler.finish(task, outcome_of(verdict));
  keep(run, {std::move(result), finished.output.offset, finished.output.length});
  if (is_failure(verdict) && run.has_failed_enough()) {
    cancel_waiting(run, RunEnd::completed, "an earlier test failed");
  }
}

void RunService::State::keep(LivingRun& run, store::StoredResult result)
{
  run.results += result.result.again ? 0 : 1;
  if (!run.given_up) {
    run.uncommitted.push_back(std::move(result));
  }
  schedule_turn();
}

void RunService::State::cancel_waiting(LivingRun& run, RunEnd how, const std::string& reason,
                                       DueCleanups cleanups)
{
  const bool stops = cleanups == DueCleanups::leave;
  if (run.stopped || (run.ending && !stops)) {
    return;
  }
  run.stopped = stops;
  if (!std::exchange(run.ending, true)) {
    run.end = how;
  }
  const std::vector<schedule::TaskId> kept =
      cleanups == DueCleanups::run ? cleanups_due(run) : std::vector<schedule::TaskId>();
  const std::vector<schedule::TaskId> cancelled = scheduler.cancel(run.job, kept);
  std::erase_if(due_attempts, [&](const DueAttempt& due) {
    return std::binary_search(cancelled.begin(), cancelled.end(), due.task);
  });
  for (const schedule::TaskId task : cancelled) {
    const std::uint32_t test = places.at(task).test;
    places.erase(task);
    run.times->ended(test, 0, monotonic_us());
    keep(run, result_without_process(run, test, Verdict::cancelled, reason));
  }
  schedule_turn();
}

/// The tasks that clean up what has been set up: they run all the same, after what still uses it.
std::vector<schedule::TaskId> RunService::State::cleanups_due(const LivingRun& run) const
{
  const std::vector<std::uint32_t> due = run.due_cleanups();
  std::vector<schedule::TaskId> tasks;
  for (const auto& [task, place] : places) {
    if (place.run_id == run.run->id() && std::binary_search(due.begin(), due.end(), place.test)) {
      tasks.push_back(task);
    }
  }
  std::sort(tasks.begin(), tasks.end());
  return tasks;
}

} // namespace winnow::serve
