// Picks, at one moment, the next task that may start.
#pragma once

#include "analyzer/schedule/job_record.hpp"
#include "analyzer/schedule/lock_table.hpp"
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
};

/// One round of choices, between two events. The most important ready task that does not fit the
/// machine reserves it; the most important one of a job that does not fit its job's limits or
/// resources reserves those. From then on only tasks that respect the reservations are picked.
/// While nobody knows when what runs will end, holding room free may cost as much as the longest of
/// it: such a task lets others overtake it for a while first, and those that wait by then share one
/// emptied machine. Rejected: to reserve at once (makespans of first runs were 1.12 of the bound in
/// the median, against 1.08); never to reserve, which starves it.
class Admission {
 public:
  Admission(const ResourceLedger& ledger, const LockTable& locks,
            std::optional<std::int64_t> now_us)
      : ledger_(ledger), locks_(locks), now_us_(now_us)
  {}

  /// The next task that fits, or that waits for a lock and should not stand in the queue.
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
  [[nodiscard]] std::optional<Candidate> best_within_reservations(JobRecord& job) const;
  /// Whether the task, which does not fit, still lets others go first.
  [[nodiscard]] bool is_patient(const JobRecord& job, const TaskRecord& task) const;
  void reserve_machine(const Candidate& candidate);
  void reserve_of(JobRecord& job, const Place& place);
  [[nodiscard]] std::int64_t window_us(const JobRecord& job, const Shape& shape) const;
  [[nodiscard]] Candidate candidate(JobRecord& job, const Place& place) const;
  [[nodiscard]] bool fits_machine(const JobRecord& job, const Shape& shape) const;

  const ResourceLedger& ledger_;
  const LockTable& locks_;
  std::optional<std::int64_t> now_us_;
  std::optional<Promise> machine_;
  std::map<JobId, Promise> of_jobs_;
};

} // namespace winnow::schedule
