// What the service keeps of a run until it has ended.
#pragma once

#include "analyzer/model/run_event.hpp"
#include "analyzer/schedule/scheduler.hpp"
#include "daemon/execute/test_execution.hpp"
#include "daemon/serve/run.hpp"
#include "daemon/serve/run_times.hpp"
#include "daemon/serve/wall_timer.hpp"
#include "daemon/store/store.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow::serve {

/// The start of an attempt that followers have not been told of.
struct UntoldStart {
  TestStarted start;
  std::size_t results_before = 0; ///< of those that were uncommitted then: they are told first
};

/// What the attempts at a test came to that runs, or may run, once more.
struct EndedAttempts {
  std::uint32_t count = 0;
  std::uint32_t environment = 0; ///< of these that were ended for want of memory
  bool failed = false;           ///< at least one of them
  std::int64_t spent_us = 0;     ///< in places that it gave back since
};

struct LivingRun {
  std::shared_ptr<Run> run;
  execute::RunContext context;
  std::unique_ptr<execute::OutputLog> log;
  std::optional<RunTimes> times;
  schedule::JobId job;
  std::map<std::uint32_t, std::unique_ptr<execute::TestExecution>> executions;
  std::map<std::uint32_t, std::shared_ptr<execute::KeptGroup>> servers; ///< by their setup test
  std::vector<store::StoredResult> uncommitted;
  std::size_t being_committed = 0; ///< the first of them that the store was given
  std::vector<UntoldStart> untold;
  std::vector<std::int64_t> started_us; ///< per test of the request; 0: it has not started
  /// Of tests that run: what of the run's resources is their own.
  std::map<std::uint32_t, std::optional<ResourceAllocation>> resources;
  std::map<std::uint32_t, std::uint32_t> granted_cpus;  ///< of tests that run: how many
  std::map<std::uint32_t, std::vector<WaitPart>> waits; ///< of tests that run
  std::map<std::uint32_t, execute::Cpus> cpus;          ///< of tests that run on some of their own
  std::map<std::uint32_t, EndedAttempts> attempts;      ///< of tests that are run again
  /// Of tests that run: how many processes the kernel had killed for want of memory before.
  std::map<std::uint32_t, std::uint64_t> oom_kills_at_start;
  std::uint32_t failures = 0; ///< tests that ran, and failed in the end
  std::string resource_file;  ///< that says which resources there are; "" as long as none does
  std::optional<std::int64_t> remaining_us; ///< as it was at `outlook_us`
  std::int64_t outlook_us = 0;
  std::size_t results = 0; ///< tests with a verdict, durable or not
  RunEnd end = RunEnd::completed;
  bool ending = false;                     ///< what waited has been cancelled
  bool stopped = false;                    ///< so have cleanups that were due
  bool given_up = false;                   ///< results are dropped: the store takes none
  std::optional<std::int64_t> stuck_since; ///< it can do nothing but wait for the store
  std::unique_ptr<WallTimer> stop_timer;   ///< of a run that has to stop some time

  [[nodiscard]] const std::vector<RequestedTest>& tests() const { return run->request().tests; }

  [[nodiscard]] bool has_all_results() const { return results == started_us.size(); }

  /// Its client permits no start before it is told of these results.
  [[nodiscard]] bool waits_for_permits() const
  {
    return run->request().paced && !uncommitted.empty();
  }

  [[nodiscard]] bool is_past_stop_time(std::int64_t now_us) const
  {
    const auto stop_at_us = run->request().stop_at_us;
    return stop_at_us && now_us >= *stop_at_us;
  }

  /// Whether a test that ended so runs once more.
  [[nodiscard]] bool repeats(const TestResult& result) const;
  /// How long after that.
  [[nodiscard]] std::int64_t pause_us(const TestResult& result) const;
  /// Tells a result, and who asks for it later, what the attempts before it mean.
  void note_attempt(TestResult& result);
  /// nullptr of a test that has not run before.
  [[nodiscard]] const EndedAttempts* attempts_before(std::uint32_t test) const;
  /// The number of the attempt among those that count as the test's.
  [[nodiscard]] std::uint32_t try_of(const TestResult& result) const;
  /// How long the test has been in its place by now, all attempts together.
  [[nodiscard]] std::int64_t occupied_us(const TestResult& last, std::int64_t monotonic_us) const;

  [[nodiscard]] bool has_failed_enough() const
  {
    const auto& limit = run->request().max_failures;
    return limit && failures >= *limit;
  }

  void begins(TestStarted start);
  /// Tells followers, in the order in which it came, of the first `count` that were uncommitted,
  /// which are durable now, and of starts before the next.
  void tell_committed(std::size_t count);
  /// Tells of starts alone, while results cannot be kept; a further attempt is told after the
  /// result of the one before.
  void tell_starts();
  /// Why a test was given up whose setup did not succeed.
  [[nodiscard]] std::string why_without(std::uint32_t setup) const;
  /// The same of one that asks for what there is not, or whose setup was given up before it.
  [[nodiscard]] std::string why_never(const std::vector<ResourceShortfall>& shortfalls) const;
  /// A cleanup ends what the setups of its fixtures, in its chunk, left running.
  void release_servers(std::uint32_t cleanup);
  /// The cleanups, ascending, of fixtures whose setup has started: a cancel lets them run.
  [[nodiscard]] std::vector<std::uint32_t> due_cleanups() const;
};

/// The run as the store knows it from now on, with no job yet. `cpus` are the machine's.
Result<LivingRun> begin_run(store::Store& store, RunRequest request, std::uint32_t cpus);

/// The result of a test, or of a further attempt, that had no process.
store::StoredResult result_without_process(const LivingRun& run, std::uint32_t test,
                                           Verdict verdict, std::string reason);

} // namespace winnow::serve
