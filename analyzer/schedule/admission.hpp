// Picks, at one moment, the next task that may start.
#pragma once

#include "analyzer/schedule/job_record.hpp"
#include "analyzer/schedule/lock_table.hpp"
#include "analyzer/schedule/pool_promises.hpp"
#include "analyzer/schedule/pool_table.hpp"
#include "analyzer/schedule/resource_ledger.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace winnow::schedule {

struct Candidate {
  JobRecord* job = nullptr;
  Place place;
  std::optional<LockId> held; ///< it cannot start before this lock is given back
  bool needs_pools = false;   ///< nor before its pools are promised to it
};

/// One round of choices, between two events. The most important ready task that does not fit the
/// machine reserves it; the most important one of a job that does not fit its job's limits or
/// resources reserves those; what lacks units of a pool is promised them. From then on only tasks
/// that respect the reservations and promises are picked.
/// While nobody knows when what runs will end, holding room free may cost as much as the longest of
/// it: such a task lets others overtake it for a while first, and those that wait by then share one
/// emptied machine. Rejected: to reserve at once (makespans of first runs were 1.12 of the bound in
/// the median, against 1.08); never to reserve, which starves it.
class Admission {
 public:
  Admission(const ResourceLedger& ledger, const LockTable& locks, const PoolTable& pools,
            std::optional<std::int64_t> now_us)
      : ledger_(ledger), locks_(locks), pools_(pools), promises_(pools), now_us_(now_us)
  {}

  /// A ready task of the job is not to be delayed by others that want of its pools.
  void promise_pools(JobRecord& job, TaskId task);
  /// Whether that still holds: else one that waits for other things would keep them from all.
  [[nodiscard]] bool keeps_promise(JobRecord& job, TaskId task) const;

  /// The next task that fits, or that waits for a lock and should not stand in the queue, or that
  /// needs a promise of its pools.
  std::optional<Candidate> pick(const std::vector<JobRecord*>& jobs);
  /// Notes that a picked task was started.
  void started(const Candidate& candidate);
  /// What keeps the tasks of this shape from starting now.
  [[nodiscard]] Obstacle obstacle(const JobRecord& job, const Shape& shape) const;

 private:
  struct Promise {
    Reservation reservation;
    TaskRecord* overtaken = nullptr; ///< nothing is reserved: who starts overtakes this one
    TaskId to;
    bool whole_machine = false;
    JobId job;
    std::uint32_t resources = 0; ///< the job's demand that it is for: nobody takes of its kinds
  };

  [[nodiscard]] std::optional<Candidate> best_of(JobRecord& job);
  [[nodiscard]] std::optional<Candidate> best_by_pools(JobRecord& job) const;
  [[nodiscard]] std::optional<Candidate> best_within_reservations(JobRecord& job) const;
  [[nodiscard]] std::optional<Candidate> best_for_pools(JobRecord& job, const Shape& shape,
                                                        const ReadyQueue::Line& line,
                                                        std::int64_t window_us) const;
  [[nodiscard]] bool is_first_for_pools(JobRecord& job, const Place& place) const;
  /// Whether the task, which does not fit, still lets others go first.
  [[nodiscard]] bool is_patient(const JobRecord& job, const TaskRecord& task) const;
  void reserve_machine(const Candidate& candidate);
  void reserve_of(JobRecord& job, const Place& place);
  [[nodiscard]] std::int64_t window_us(const JobRecord& job, const Shape& shape) const;
  [[nodiscard]] Candidate candidate(JobRecord& job, Candidate best) const;
  [[nodiscard]] bool fits_machine(const JobRecord& job, const Shape& shape) const;

  const ResourceLedger& ledger_;
  const LockTable& locks_;
  const PoolTable& pools_;
  PoolPromises promises_;
  std::optional<std::int64_t> now_us_;
  std::optional<Promise> machine_;
  std::map<JobId, Promise> of_jobs_;
};

} // namespace winnow::schedule
