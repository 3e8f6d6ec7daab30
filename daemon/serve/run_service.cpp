// Drives the scheduler with what clients ask and what processes do.
#include "daemon/serve/run_service.hpp"

#include "daemon/execute/test_execution.hpp"
#include "daemon/serve/clock.hpp"
#include "daemon/serve/run.hpp"
#include "daemon/serve/run_job.hpp"

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace winnow::serve {
namespace {

/// Ended runs whose events stay in memory for followers that come late.
constexpr std::size_t ended_runs_kept = 8;

struct LivingRun {
  std::shared_ptr<Run> run;
  execute::RunContext context;
  std::unique_ptr<execute::OutputLog> log;
  std::vector<schedule::JobId> jobs; ///< the run's own, and after a cancel that of its cleanups
  std::map<std::uint32_t, std::unique_ptr<execute::TestExecution>> executions;
  std::map<std::uint32_t, std::shared_ptr<execute::KeptGroup>> servers; ///< by their setup test
  std::vector<store::StoredResult> uncommitted;
  std::vector<TestStarted> untold; ///< started, but after results that are not committed yet
  std::vector<bool> started;       ///< per test of the request
  RunEnd end = RunEnd::completed;
  bool ending = false; ///< what waited has been cancelled
};

/// Where a task of the scheduler belongs.
struct TaskPlace {
  std::string run_id;
  std::uint32_t test = 0;
};

TestResult result_without_process(const LivingRun& living, std::uint32_t test, Verdict verdict,
                                  std::string reason)
{
  const RequestedTest& requested = living.run->request().tests[test];
  TestResult result;
  result.key = requested.description.key;
  result.index = test;
  result.chunk = requested.chunk;
  result.verdict = verdict;
  result.reason = std::move(reason);
  result.started_us = now_us();
  return result;
}

bool shares_a_name(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
  return std::any_of(a.begin(), a.end(), [&](const std::string& name) {
    return std::find(b.begin(), b.end(), name) != b.end();
  });
}

/// Whether a fixture of its chunk that `setup` sets up is one that `cleanup` cleans up.
bool cleans_up(const RequestedTest& cleanup, const RequestedTest& setup)
{
  return cleanup.chunk == setup.chunk &&
         shares_a_name(setup.description.properties.fixtures_setup,
                       cleanup.description.properties.fixtures_cleanup);
}

schedule::Outcome outcome_of(Verdict verdict)
{
  return is_failure(verdict) || verdict == Verdict::cancelled ? schedule::Outcome::failed
                                                              : schedule::Outcome::succeeded;
}

} // namespace

struct RunService::State : std::enable_shared_from_this<State> {
  State(boost::asio::any_io_executor its_executor, store::Store& its_store, std::uint32_t its_cpus)
      : executor(std::move(its_executor)),
        store(its_store),
        cpus(its_cpus),
        scheduler(schedule::Capacity{its_cpus * 1000, 0})
  {}

  Result<std::string> submit(RunRequest request);
  void add_job(LivingRun& living, RunJob job);
  void advance();
  void start(schedule::TaskId task);
  void give_up(const schedule::Action& action);
  void test_ended(schedule::TaskId task, execute::FinishedTest finished);
  void keep(LivingRun& living, store::StoredResult result);
  void cancel_waiting(LivingRun& living, RunEnd end, const std::string& reason);
  void add_cleanups(LivingRun& living, const std::vector<std::uint32_t>& cancelled);
  void release_servers(LivingRun& living, const RequestedTest& cleanup);
  void schedule_turn();
  void turn();
  bool commit(LivingRun& living);
  void end(const std::string& run_id);

  boost::asio::any_io_executor executor;
  store::Store& store;
  std::uint32_t cpus;
  schedule::Scheduler scheduler;
  std::map<std::string, LivingRun> living;
  std::deque<std::shared_ptr<Run>> recent;
  std::unordered_map<schedule::TaskId, TaskPlace> places;
  std::function<void()> idle;
  bool turn_scheduled = false;
};

Result<std::string> RunService::State::submit(RunRequest request)
{
  Result<History> history = store.history(request.project, request.configuration);
  Result<RunJob> job = job_of(request, history ? *history : History{});
  if (!job) {
    return job.error();
  }
  Result<std::string> id = store.begin_run(request, now_us());
  if (!id) {
    return id.error();
  }
  Result<execute::OutputLog> log = execute::OutputLog::open(store.output_path(*id));
  if (!log) {
    return log.error();
  }
  LivingRun& run = living[*id];
  run.log = std::make_unique<execute::OutputLog>(std::move(*log));
  run.context = {*id, request.dialect, request.surroundings, request.timeout_s};
  run.started.resize(request.tests.size());
  const std::uint32_t slots = request.jobs.value_or(request.dialect == Dialect::ctest ? 1 : cpus);
  run.run = std::make_shared<Run>(*id, std::move(request), slots, now_us());
  for (std::uint32_t test = 0; test < run.started.size(); ++test) {
    if (run.run->request().tests[test].description.properties.disabled) {
      keep(run, {result_without_process(run, test, Verdict::disabled, "disabled"), 0, 0});
    }
  }
  add_job(run, std::move(*job));
  schedule_turn();
  return *id;
}

void RunService::State::add_job(LivingRun& run, RunJob job)
{
  const schedule::AddedJob added = scheduler.add(std::move(job.job));
  run.jobs.push_back(added.job);
  for (std::size_t i = 0; i < added.tasks.size(); ++i) {
    places.emplace(added.tasks[i], TaskPlace{run.run->id(), job.tests[i]});
  }
}

void RunService::State::advance()
{
  for (std::vector<schedule::Action> actions = scheduler.next(monotonic_us()); !actions.empty();
       actions = scheduler.next(monotonic_us())) {
    for (const schedule::Action& action : actions) {
      if (action.kind == schedule::Action::Kind::start) {
        start(action.task);
      } else {
        give_up(action);
      }
    }
  }
}

void RunService::State::start(schedule::TaskId task)
{
  const TaskPlace place = places.at(task);
  LivingRun& run = living.at(place.run_id);
  run.started[place.test] = true;
  run.untold.push_back({place.test, now_us()});
  run.executions[place.test] = execute::start_test(
      executor, run.run->request().tests[place.test], {place.test, 1}, run.context, *run.log,
      [weak = weak_from_this(), task](execute::FinishedTest finished) {
        if (const auto self = weak.lock()) {
          self->test_ended(task, std::move(finished));
        }
      });
}

void RunService::State::give_up(const schedule::Action& action)
{
  const TaskPlace place = places.at(action.task);
  places.erase(action.task);
  LivingRun& run = living.at(place.run_id);
  std::string reason = "failed test dependencies";
  if (action.because && places.contains(*action.because)) {
    const std::uint32_t setup = places.at(*action.because).test;
    reason += ": " + run.run->request().tests[setup].description.key.name;
  }
  keep(run, {result_without_process(run, place.test, Verdict::not_run, std::move(reason)), 0, 0});
}

void RunService::State::test_ended(schedule::TaskId task, execute::FinishedTest finished)
{
  const TaskPlace place = places.at(task);
  LivingRun& run = living.at(place.run_id);
  // It may be what calls us: let it return first.
  boost::asio::post(executor, [done = std::shared_ptr<execute::TestExecution>(
                                   std::move(run.executions.at(place.test)))] {});
  run.executions.erase(place.test);
  release_servers(run, run.run->request().tests[place.test]);
  if (finished.kept) {
    run.servers.emplace(place.test, std::move(finished.kept));
  }
  const bool failed = is_failure(finished.result.verdict);
  scheduler.finish(task, outcome_of(finished.result.verdict));
  keep(run, {std::move(finished.result), finished.output.offset, finished.output.length});
  if (failed && run.run->request().fail_fast) {
    cancel_waiting(run, RunEnd::completed, "an earlier test failed");
  }
}

/// A cleanup ends what the setups of its fixtures left running in its chunk.
void RunService::State::release_servers(LivingRun& run, const RequestedTest& cleanup)
{
  std::erase_if(run.servers, [&](const auto& server) {
    return cleans_up(cleanup, run.run->request().tests[server.first]);
  });
}

void RunService::State::keep(LivingRun& run, store::StoredResult result)
{
  run.uncommitted.push_back(std::move(result));
  schedule_turn();
}

void RunService::State::cancel_waiting(LivingRun& run, RunEnd how, const std::string& reason)
{
  if (run.ending) {
    return;
  }
  run.ending = true;
  run.end = how;
  std::vector<std::uint32_t> cancelled;
  for (const schedule::JobId job : run.jobs) {
    for (const schedule::TaskId task : scheduler.cancel(job)) {
      cancelled.push_back(places.at(task).test);
      places.erase(task);
    }
  }
  add_cleanups(run, cancelled);
  for (const std::uint32_t test : cancelled) {
    if (!run.started[test]) {
      keep(run, {result_without_process(run, test, Verdict::cancelled, reason), 0, 0});
    }
  }
  schedule_turn();
}

/// Cleanups of fixtures whose setup has started run all the same, once what runs has ended.
void RunService::State::add_cleanups(LivingRun& run, const std::vector<std::uint32_t>& cancelled)
{
  const std::vector<RequestedTest>& tests = run.run->request().tests;
  std::vector<std::uint32_t> setups;
  for (std::uint32_t test = 0; test < tests.size(); ++test) {
    if (run.started[test] && !tests[test].description.properties.fixtures_setup.empty()) {
      setups.push_back(test);
    }
  }
  RunJob job;
  job.job.lock_scope = run.run->request().project;
  for (const std::uint32_t test : cancelled) {
    if (std::any_of(setups.begin(), setups.end(),
                    [&](std::uint32_t setup) { return cleans_up(tests[test], tests[setup]); })) {
      schedule::Task task;
      task.demand.locks = tests[test].description.properties.resource_locks;
      job.job.tasks.push_back(std::move(task));
      job.tests.push_back(test);
      run.started[test] = true;
    }
  }
  if (!job.tests.empty()) {
    add_job(run, std::move(job));
  }
}

void RunService::State::schedule_turn()
{
  if (std::exchange(turn_scheduled, true)) {
    return;
  }
  boost::asio::post(executor, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) {
      self->turn();
    }
  });
}

/// New processes first, so that the machine works while results are written.
void RunService::State::turn()
{
  turn_scheduled = false;
  advance();
  std::vector<std::string> over;
  for (auto& [id, run] : living) {
    if (commit(run)) {
      over.push_back(id);
    }
  }
  for (const std::string& id : over) {
    end(id);
  }
}

/// Makes the run's new results durable, then tells; whether the run has all its verdicts.
bool RunService::State::commit(LivingRun& run)
{
  const std::vector<store::StoredResult> results = std::exchange(run.uncommitted, {});
  if (!results.empty()) {
    if (const Result<void> added = store.add_results(run.run->id(), results); !added) {
      spdlog::error("results of run {} are not kept: {}", run.run->id(), added.error().message);
    }
  }
  for (const store::StoredResult& stored : results) {
    run.run->finished(stored.result);
  }
  for (const TestStarted& start : std::exchange(run.untold, {})) {
    run.run->started(start.test, start.at_us);
  }
  run.run->wake_followers();
  return run.run->has_all_verdicts() && run.uncommitted.empty();
}

void RunService::State::end(const std::string& run_id)
{
  LivingRun run = std::move(living.at(run_id));
  living.erase(run_id);
  std::erase_if(places, [&](const auto& place) { return place.second.run_id == run_id; });
  const std::int64_t now = now_us();
  if (const Result<void> ended = store.end_run(run_id, run.end, now); !ended) {
    spdlog::error("the end of run {} is not kept: {}", run_id, ended.error().message);
  }
  recent.push_back(run.run);
  if (recent.size() > ended_runs_kept) {
    recent.pop_front();
  }
  run.run->end(run.end, now);
  run.run->wake_followers();
  if (living.empty() && idle) {
    idle();
  }
}

RunService::RunService(boost::asio::any_io_executor executor, store::Store& store,
                       std::uint32_t cpus)
    : state_(std::make_shared<State>(std::move(executor), store, cpus))
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
  state_->cancel_waiting(found->second, RunEnd::cancelled, "the run was cancelled");
  found->second.end = RunEnd::cancelled;
  if (what_runs == WhatRuns::is_killed) {
    for (const auto& [test, execution] : found->second.executions) {
      execution->kill();
    }
  }
}

std::shared_ptr<Run> RunService::find(const std::string& run_id) const
{
  const auto found = state_->living.find(run_id);
  if (found != state_->living.end()) {
    return found->second.run;
  }
  const auto old = std::find_if(state_->recent.begin(), state_->recent.end(),
                                [&](const auto& run) { return run->id() == run_id; });
  return old == state_->recent.end() ? nullptr : *old;
}

std::size_t RunService::living_count() const
{
  return state_->living.size();
}

void RunService::when_idle(std::function<void()> notify)
{
  state_->idle = std::move(notify);
}

} // namespace winnow::serve
