// What the run service keeps: its runs, and what is under way for them. For its own sources only.
#pragma once

#include "daemon/execute/tree_usage.hpp"
#include "daemon/serve/commits.hpp"
#include "daemon/serve/living_run.hpp"
#include "daemon/serve/recent_runs.hpp"
#include "daemon/serve/run_service.hpp"
#include "daemon/serve/system_load.hpp"

#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace winnow::serve {

/// Where a task of the scheduler belongs.
struct TaskPlace {
  std::string run_id;
  std::uint32_t test = 0;
};

/// A further attempt at a test, which waits for its time, or until results can be kept.
struct DueAttempt {
  schedule::TaskId task;
  TestResult last;         ///< of the attempt before
  std::int64_t due_us = 0; ///< on the clock that never goes back
  bool has_place = true;   ///< what the test occupies stays its own meanwhile
};

/// Of a run whose waiting tests are cancelled.
enum class DueCleanups { run, leave };

struct RunService::State : std::enable_shared_from_this<State> {
  State(boost::asio::any_io_executor its_executor, store::Store& its_store,
        MachineSource its_machine, CommitLimits limits, Retention its_retention,
        LoadSource its_load)
      : executor(std::move(its_executor)),
        store(its_store),
        retention(its_retention),
        machine(std::move(its_machine)),
        capacity(machine().capacity),
        scheduler(capacity),
        commits(executor, store, limits,
                {[this](const std::string& why) { tell_of_trouble(why); },
                 [this] { schedule_turn(); },
                 [this](const std::string& id) { return living_run(id); }}),
        attempt_timer(executor),
        load(std::move(its_load)),
        load_timer(executor),
        usage_timer(executor)
  {}

  Result<std::string> submit(RunRequest request);
  void add_job(LivingRun& living, schedule::Job job, const std::vector<std::uint32_t>& tests);
  void advance();
  void start(const schedule::Action& action);
  void begin_attempt(schedule::TaskId task, std::uint32_t number);
  void hold_back(schedule::TaskId task, const TestResult& last);
  void repeat(const DueAttempt& attempt);
  void repeat_held_back();
  void end_without_attempt(const DueAttempt& attempt);
  void take_cpus(LivingRun& living, std::uint32_t test);
  /// What the test had for its own while it ran.
  void give_back(LivingRun& living, std::uint32_t test);
  void give_up(const schedule::Action& action);
  void test_ended(schedule::TaskId task, execute::FinishedTest finished);
  void keep(LivingRun& living, store::StoredResult result);
  void cancel_waiting(LivingRun& living, RunEnd end, const std::string& reason,
                      DueCleanups cleanups = DueCleanups::run);
  void heed_stop_times();
  void heed_load();
  void tell_wanted_starts();
  void watch_usage();
  void heed_machine();
  [[nodiscard]] ResourceUse use() const;
  void look_at_usage();
  [[nodiscard]] std::string name_of(const std::optional<schedule::TaskId>& task) const;
  [[nodiscard]] std::vector<WaitPart> wait_parts(const schedule::Action& start) const;
  [[nodiscard]] std::vector<WaitingTests> waiting(const LivingRun& run) const;
  std::optional<std::int64_t> remaining_us(LivingRun& run) const;
  [[nodiscard]] RunFinished how_it_ended(const LivingRun& run);
  void end_for_memory(schedule::TaskId task);
  void heed_shortage(schedule::TaskId task, TestResult& result);
  [[nodiscard]] bool died_of_memory(const LivingRun& living, const TestResult& result);
  std::optional<std::uint64_t> count_oom_kills();
  void rerun_alone(schedule::TaskId task, const TestResult& ended);
  void stop_watching(const execute::TestExecution& execution, TestResult& result);
  [[nodiscard]] std::vector<schedule::TaskId> cleanups_due(const LivingRun& living) const;

  LivingRun* living_run(const std::string& id)
  {
    const auto found = living.find(id);
    return found == living.end() ? nullptr : &found->second;
  }

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
  MachineSource machine;
  schedule::Capacity capacity; ///< of it, when it was asked last
  std::int64_t capacity_asked_us = 0;
  std::uint64_t memory_bytes = 0;         ///< all that it has
  std::optional<std::uint64_t> oom_kills; ///< that were counted then
  schedule::PressureGauge gauge;
  std::int64_t short_until_us = 0; ///< memory was, a moment ago
  Shortage short_of = Shortage::none;
  std::int64_t short_since_us = 0;
  std::optional<std::uint64_t> free_bytes; ///< of the memory, when it was asked last
  std::uint64_t tests_ended = 0;           ///< for want of memory
  std::uint64_t tests_killed = 0;          ///< the same, by the kernel
  std::uint32_t ready_processes = 0;
  schedule::Scheduler scheduler;
  std::unordered_set<schedule::TaskId> ended_for_memory; ///< which have not told their end yet
  Commits commits;
  std::map<std::string, LivingRun> living;
  RecentRuns recent;
  std::unordered_map<schedule::TaskId, TaskPlace> places;
  std::function<void()> idle;
  std::vector<DueAttempt> due_attempts;
  boost::asio::steady_timer attempt_timer; ///< for the first of them
  execute::CpuPool cpus{execute::allowed_cpus()};
  LoadSource load;
  boost::asio::steady_timer load_timer;
  execute::TreeUsages usages;
  boost::asio::steady_timer usage_timer;
  bool usage_watched = false;
  bool usage_learned = false; ///< the timer is set as often as that takes
  std::size_t ended_since_prune = 0;
  bool turn_scheduled = false;
};

} // namespace winnow::serve
