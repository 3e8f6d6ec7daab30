// Drives the scheduler with what clients ask and what processes do.
#include "daemon/serve/run_service.hpp"

#include "daemon/execute/test_execution.hpp"
#include "daemon/serve/clock.hpp"
#include "daemon/serve/commits.hpp"
#include "daemon/serve/living_run.hpp"
#include "daemon/serve/recent_runs.hpp"
#include "daemon/serve/run.hpp"
#include "daemon/serve/run_job.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace winnow::serve {
namespace {

/// Where a task of the scheduler belongs.
struct TaskPlace {
  std::string run_id;
  std::uint32_t test = 0;
};

schedule::Outcome outcome_of(Verdict verdict)
{
  return is_failure(verdict) || verdict == Verdict::cancelled ? schedule::Outcome::failed
                                                              : schedule::Outcome::succeeded;
}

} // namespace

struct RunService::State : std::enable_shared_from_this<State> {
  State(boost::asio::any_io_executor its_executor, store::Store& its_store, std::uint32_t cpus,
        CommitLimits limits, Retention its_retention)
      : executor(std::move(its_executor)),
        store(its_store),
        retention(its_retention),
        capacity{cpus * 1000, 0},
        scheduler(capacity),
        commits(
            executor, store, limits,
            {[this](const std::string& why) { tell_of_trouble(why); }, [this] { schedule_turn(); }})
  {}

  Result<std::string> submit(RunRequest request);
  void add_job(LivingRun& living, schedule::Job job, const std::vector<std::uint32_t>& tests);
  void advance();
  void start(schedule::TaskId task);
  void give_up(const schedule::Action& action);
  void test_ended(schedule::TaskId task, execute::FinishedTest finished);
  void keep(LivingRun& living, store::StoredResult result);
  void cancel_waiting(LivingRun& living, RunEnd end, const std::string& reason);
  [[nodiscard]] std::vector<schedule::TaskId> cleanups_due(const LivingRun& living) const;
  void schedule_turn();
  void turn();
  void tell_of_trouble(const std::string& why);
  [[nodiscard]] std::size_t held_back() const;
  void give_up_hopeless();
  void end(const std::string& run_id);
  void prune_now_and_then();

  boost::asio::any_io_executor executor;
  store::Store& store;
  Retention retention;
  schedule::Capacity capacity;
  schedule::Scheduler scheduler;
  Commits commits;
  std::map<std::string, LivingRun> living;
  RecentRuns recent;
  std::unordered_map<schedule::TaskId, TaskPlace> places;
  std::function<void()> idle;
  std::size_t ended_since_prune = 0;
  bool turn_scheduled = false;
};

Result<std::string> RunService::State::submit(RunRequest request)
{
  const Result<History> history = store.history(request.project, request.configuration);
  if (!history) {
    spdlog::warn("a run of {} is scheduled as if none had been before it: {}", request.project,
                 history.error().message);
  }
  Result<RunJob> job = job_of(request, history ? *history : History{});
  if (!job) {
    return job.error();
  }
  Result<LivingRun> begun = begin_run(store, std::move(request), capacity.cpu_milli / 1000);
  if (!begun) {
    return begun.error();
  }
  commits.store_works();
  const std::string id = begun->run->id();
  LivingRun& run = living.emplace(id, std::move(*begun)).first->second;
  run.times.emplace(job->job, job->tests, run.tests().size(), monotonic_us());
  for (std::uint32_t test = 0; test < run.tests().size(); ++test) {
    if (run.tests()[test].description.properties.disabled) {
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
  run.started_us[place.test] = monotonic_us();
  run.untold.push_back({place.test, now_us()});
  auto& execution = run.executions[place.test];
  execution =
      execute::start_test(executor, run.tests()[place.test], {place.test, 1}, run.context, *run.log,
                          [weak = weak_from_this(), task](execute::FinishedTest finished) {
                            if (const auto self = weak.lock()) {
                              self->test_ended(task, std::move(finished));
                            }
                          });
  run.run->output_begins(place.test, execution->output());
}

void RunService::State::give_up(const schedule::Action& action)
{
  const TaskPlace place = places.at(action.task);
  places.erase(action.task);
  LivingRun& run = living.at(place.run_id);
  std::string reason = "failed test dependencies";
  if (action.because && places.contains(*action.because)) {
    const std::uint32_t setup = places.at(*action.because).test;
    reason += ": " + run.tests()[setup].description.key.name;
  }
  run.times->ended(place.test, 0, monotonic_us());
  keep(run, result_without_process(run, place.test, Verdict::not_run, std::move(reason)));
}

void RunService::State::test_ended(schedule::TaskId task, execute::FinishedTest finished)
{
  const TaskPlace place = places.at(task);
  LivingRun& run = living.at(place.run_id);
  // It may be what calls us: let it return first.
  boost::asio::post(executor, [done = std::shared_ptr<execute::TestExecution>(
                                   std::move(run.executions.at(place.test)))] {});
  run.executions.erase(place.test);
  run.run->output_ends(place.test, finished.output);
  run.release_servers(place.test);
  if (finished.kept) {
    run.servers.emplace(place.test, std::move(finished.kept));
  }
  const Verdict verdict = finished.result.verdict;
  finished.result.waited_us = run.started_us[place.test] - run.times->ready_us(place.test);
  run.times->ended(place.test, finished.result.duration_us, monotonic_us());
  scheduler.finish(task, outcome_of(verdict));
  keep(run, {std::move(finished.result), finished.output.offset, finished.output.length});
  if (is_failure(verdict) && run.run->request().fail_fast) {
    cancel_waiting(run, RunEnd::completed, "an earlier test failed");
  }
}

void RunService::State::keep(LivingRun& run, store::StoredResult result)
{
  ++run.results;
  if (!run.given_up) {
    run.uncommitted.push_back(std::move(result));
  }
  schedule_turn();
}

void RunService::State::cancel_waiting(LivingRun& run, RunEnd how, const std::string& reason)
{
  if (run.ending) {
    return;
  }
  run.ending = true;
  run.end = how;
  for (const schedule::TaskId task : scheduler.cancel(run.job, cleanups_due(run))) {
    const std::uint32_t test = places.at(task).test;
    places.erase(task);
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

/// New processes first, so that the machine works while results are written.
void RunService::State::turn()
{
  // Runs that were given up keep nothing, but have cleanups to run.
  const bool keeps_nothing = std::all_of(living.begin(), living.end(),
                                         [](const auto& entry) { return entry.second.given_up; });
  if (keeps_nothing || !commits.is_full(held_back())) {
    advance();
  }
  std::vector<std::string> over;
  for (auto& [id, run] : living) {
    commits.commit(run);
    run.tell_starts();
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
  run.run->end(
      now, {run.end, run.times->elapsed_us(monotonic_us()), run.times->lower_bound_us(capacity)});
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
                       std::uint32_t cpus, CommitLimits limits, Retention retention)
    : state_(std::make_shared<State>(std::move(executor), store, cpus, limits, retention))
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

void RunService::when_idle(std::function<void()> notify)
{
  state_->idle = std::move(notify);
}

} // namespace winnow::serve
