// What the scheduler keeps: its jobs, and who has what. For its own sources only.
#pragma once

#include "analyzer/schedule/admission.hpp"
#include "analyzer/schedule/job_record.hpp"
#include "analyzer/schedule/learned_demand.hpp"
#include "analyzer/schedule/lock_table.hpp"
#include "analyzer/schedule/pool_table.hpp"
#include "analyzer/schedule/resource_ledger.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

namespace winnow::schedule {

/// The cpu time that stood idle for a job; at the moment so many cpus do, since then.
struct Idle {
  WaitTimes times{};
  std::int64_t since_us = 0;
  std::int64_t cpu_milli = 0;
  WaitCause cause = WaitCause::nothing;
};

struct Scheduler::State {
  explicit State(Capacity capacity) : ledger(capacity) {}

  JobRecord& job_of(TaskId task);
  /// nullptr once all tasks of its job have ended.
  JobRecord* find_job(TaskId task);
  /// nullptr once all its tasks have ended.
  JobRecord* job(JobId id);
  void ended(JobRecord& job, TaskId task, Outcome outcome, TaskId because);
  void give_up(JobRecord& job, TaskId task, TaskId because);
  /// Gives up what the job has refused.
  void note_refused(JobRecord& job);
  std::vector<Action> report_given_up();
  /// Who was promised units of pools still is, as long as that makes sense.
  void keep_promises(Admission& admission);
  Action start(const Candidate& candidate, std::optional<std::int64_t> now_us);
  /// What a running task occupies is there for others.
  void vacate(JobRecord& job, TaskId task);
  void park(const Candidate& candidate, std::optional<std::int64_t> now_us);
  void wake(LockId lock);
  /// Takes a task that will not start out of whatever line it stands in.
  void leave_line(JobRecord& job, TaskId task);
  std::vector<TaskId> forget(JobRecord& job, const std::vector<TaskId>& kept);
  void wake_all(JobRecord& job, const std::vector<TaskId>& gone);
  void forget_if_done(JobRecord& job);
  void observe(JobRecord& job, TaskId task, const Usage& usage);
  /// Times what has come into line, and what stood idle.
  void count_arrivals(std::int64_t now_us);
  /// Why what waits still does after a round of choices.
  void note_causes(const Admission& admission, std::int64_t now_us);
  [[nodiscard]] bool may_start() const;
  [[nodiscard]] bool may_be_ended(TaskId task);
  /// The end of a running task, if the pressure wants one and has not had it.
  std::optional<Action> end_one();

  ResourceLedger ledger;
  LockTable locks;
  PoolTable pools;
  std::map<TaskId, JobRecord> jobs; ///< by first task; those with unfinished tasks
  std::map<JobId, Idle> idle;       ///< until it is taken
  std::vector<Action> given_up;     ///< not yet reported
  std::size_t waiting = 0;
  std::uint64_t starts = 0;
  Pressure pressure = Pressure::none;
  bool ends_one = false;
  JobId next_job;
  TaskId next_task;
};

} // namespace winnow::schedule
