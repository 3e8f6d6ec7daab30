// What the machine has, what runs on it, and what each running task takes.
#pragma once

#include "analyzer/schedule/amount.hpp"
#include "analyzer/schedule/job_resources.hpp"
#include "analyzer/schedule/learned_demand.hpp"
#include "analyzer/schedule/pool_promises.hpp"
#include "analyzer/schedule/reservation.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace winnow::schedule {

struct RunningTask {
  JobId job;
  Amount of_machine;
  Amount of_job;
  bool whole_machine = false;
  bool duration_known = true; ///< else its estimate is a guess
  std::uint32_t pools = 0;    ///< which demand of the pool table
  std::int64_t estimate_us = 0;
  std::optional<std::int64_t> started_us; ///< unset where the clock is not told
  std::optional<ObservedTask> observed;   ///< of one of which something is a guess
  std::int64_t taken_bytes = 0;           ///< of the memory, as it was seen last
  std::uint64_t start = 0;                ///< the youngest has the greatest
  bool is_ending = false;                 ///< it was to be ended, and has not been yet
};

/// Why a line waits at the end of a round.
struct Obstacle {
  WaitCause cause = WaitCause::nothing;
  std::optional<TaskId> by; ///< who has the machine, or is promised the room
};

class ResourceLedger {
 public:
  explicit ResourceLedger(Capacity capacity) : capacity_(capacity) {}

  [[nodiscard]] const Capacity& capacity() const { return capacity_; }

  void set_capacity(Capacity capacity) { capacity_ = capacity; }

  [[nodiscard]] bool fits(const Amount& amount, bool whole_machine) const;
  [[nodiscard]] Amount free() const;
  /// What keeps something that does not fit from it.
  [[nodiscard]] Obstacle obstacle(const Amount& amount, bool whole_machine) const;

  [[nodiscard]] const Amount& used() const { return used_; }

  void start(TaskId task, const RunningTask& running);
  RunningTask finish(TaskId task);
  /// A running task takes so much from now on.
  void change(TaskId task, const Amount& of_machine, const Amount& of_job);

  [[nodiscard]] RunningTask& running(TaskId task) { return running_.at(task); }

  /// A running task has so much of the memory now.
  void has_taken(TaskId task, std::uint64_t memory_bytes);
  [[nodiscard]] std::vector<TaskId> running_tasks() const;
  /// Whether anything of them is a guess.
  [[nodiscard]] bool learns() const;

  /// Whether history tells when each of them ends.
  [[nodiscard]] bool ends_are_known() const { return unknown_count_ == 0; }

  [[nodiscard]] std::size_t running_count() const { return running_.size(); }

  /// When the machine will have room for a task that does not fit now.
  [[nodiscard]] Reservation reserve_machine(const Amount& wanted, bool whole_machine,
                                            std::optional<std::int64_t> now_us) const;
  /// When a job's own limits, of which so much is free, will have room.
  [[nodiscard]] Reservation reserve_of_job(JobId job, const Amount& wanted, const Amount& free,
                                           std::optional<std::int64_t> now_us) const;
  /// What running tasks have of pools.
  [[nodiscard]] std::vector<PoolHolding> pool_holdings(std::optional<std::int64_t> now_us) const;
  /// When the running tasks of a job end.
  [[nodiscard]] std::vector<ExpectedEnd> ends_of(JobId job,
                                                 std::optional<std::int64_t> now_us) const;

 private:
  /// The memory that a running task has still to take.
  [[nodiscard]] static std::int64_t to_take(const RunningTask& running);

  Capacity capacity_;
  Amount used_;
  std::int64_t to_take_bytes_ = 0; ///< by all of them
  std::size_t whole_machine_count_ = 0;
  std::size_t unknown_count_ = 0; ///< of durations
  std::map<TaskId, RunningTask> running_;
};

} // namespace winnow::schedule
