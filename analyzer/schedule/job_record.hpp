// What the scheduler keeps of a job until its last task has ended.
#pragma once

#include "analyzer/schedule/amount.hpp"
#include "analyzer/schedule/job_limits.hpp"
#include "analyzer/schedule/job_resources.hpp"
#include "analyzer/schedule/lock_table.hpp"
#include "analyzer/schedule/pool_table.hpp"
#include "analyzer/schedule/ready_queue.hpp"
#include "analyzer/schedule/scheduler.hpp"
#include "analyzer/schedule/task_order.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace winnow::schedule {

enum class Phase {
  blocked,   ///< predecessors have not ended
  ready,     ///< in its job's ready queue
  parked,    ///< in the line of `parked_at`
  running,   ///< in the resource ledger
  suspended, ///< has run, and waits to be resumed
  given_up,  ///< which is still to be told
  ended      ///< acted on for the last time, or forgotten by a cancel
};

inline constexpr TaskId no_task{~std::uint32_t{0}};
inline constexpr std::int64_t never = -1;

struct TaskRecord {
  Shape shape;
  Rank rank;
  std::int64_t estimate_us = 0;
  std::vector<LockId> locks; ///< ascending
  std::uint32_t predecessors_left = 0;
  std::uint32_t overtaken = 0; ///< how often, since it was the first that did not fit
  std::uint32_t parkings = 0;
  bool keeps_locks = false; ///< those before `parked_at`
  Phase phase = Phase::blocked;
  LockId parked_at;
  TaskId after = no_task; ///< the predecessor that ended last
  /// When it came to where it stands: in a line, if its clock counts it, or at a lock.
  std::int64_t since_us = never;
  bool is_counted = false;
  bool restarts = true; ///< it may be ended for want of memory
};

class JobRecord {
 public:
  JobRecord(JobId id, TaskId first, const Job& job, const Capacity& capacity, LockTable& locks,
            PoolTable& pools);

  [[nodiscard]] JobId id() const { return id_; }

  [[nodiscard]] std::size_t size() const { return tasks_.size(); }

  [[nodiscard]] TaskId id_of(std::uint32_t index) const { return {first_.value + index}; }

  [[nodiscard]] std::uint32_t index_of(TaskId task) const { return task.value - first_.value; }

  [[nodiscard]] bool has(TaskId task) const { return index_of(task) < size(); }

  [[nodiscard]] TaskRecord& task(TaskId task) { return tasks_[index_of(task)]; }

  [[nodiscard]] const Successors& successors() const { return successors_; }

  /// Those it has declared.
  [[nodiscard]] const std::vector<PoolId>& pools() const { return pools_; }

  /// The named resources that a task of this shape wants, for people.
  [[nodiscard]] std::string kinds_of(const Shape& shape) const;

  /// What a task of this shape may compute on, rounded up.
  [[nodiscard]] std::uint32_t cpus_of(const Shape& shape, const Capacity& capacity) const;

  [[nodiscard]] Amount of_job(const Shape& shape) const
  {
    return limits_.of_job(with_guesses(shape, {}));
  }

  [[nodiscard]] Amount of_machine(const Shape& shape, const Capacity& capacity) const
  {
    return limits_.of_machine(with_guesses(shape, capacity), capacity);
  }

  /// What a task that starts now is observed with; unset if nothing is to be learned.
  [[nodiscard]] std::optional<ObservedTask> begin_observation(const Shape& shape,
                                                              std::int64_t now_us) const;
  /// A running task was seen to use so much; what it takes now is the shape that is returned.
  Shape observe(ObservedTask& task, Shape shape, const Usage& usage, const Capacity& capacity);

  /// Memory ran out: of what is not known so much is expected as the largest had.
  void expect_the_most() { seen_memory_bytes_.expect_the_most(); }

  [[nodiscard]] bool restarts() const { return restarts_; }

  /// A suspended task starts when nothing else runs, in the end.
  void want_alone(TaskId task);
  /// The machine is another: what was wide may be narrow, and the other way round.
  void rank_anew(const Capacity& capacity, LockTable& locks);

  /// How many tasks of a cpu each run at once.
  [[nodiscard]] std::uint32_t at_once(const Capacity& capacity) const
  {
    return limits_.at_once(capacity);
  }

  [[nodiscard]] Amount free() const { return limits_.all() - used; }

  /// Whether what is spare, beside the limits, is enough for one more task of this shape.
  [[nodiscard]] bool has_spare(const Shape& shape) const { return of_job(shape).slots <= spare_; }

  /// Slots that may still be taken, whatever the limits say.
  void set_spare(std::int64_t slots) { spare_ = slots; }

  void take_spare(std::int64_t slots) { spare_ -= spare_ == unlimited ? 0 : slots; }

  [[nodiscard]] bool has_permit() const { return permits_ != 0U; }

  /// Whether the job is one that needs them.
  bool set_permits(std::optional<std::uint32_t> starts)
  {
    const bool needs_them = permits_.has_value();
    permits_ = needs_them ? starts : std::nullopt;
    return needs_them;
  }

  [[nodiscard]] std::uint32_t permits_left() const { return permits_.value_or(0); }

  void use_permit() { permits_ = permits_ ? std::optional(*permits_ - 1) : std::nullopt; }

  /// Whether the job's limits and resources have room for one more task of this shape.
  [[nodiscard]] bool fits(const Shape& shape) const
  {
    return of_job(shape).fits_in(free()) && has_spare(shape) &&
           resources_.fits_now(shape.resources);
  }

  [[nodiscard]] JobResources& resources() { return resources_; }

  [[nodiscard]] const JobResources& resources() const { return resources_; }

  /// Puts a task whose predecessors have ended in line, in a job with turns not before its turn.
  /// One that asks for resources there will never be is refused: it is given up.
  void enqueue(TaskId task);
  /// After a task has ended: puts the one whose turn it became in line.
  void pass_turn();
  void dequeue(TaskId task);

  /// Those refused since the last call.
  std::vector<TaskId> take_refused() { return std::exchange(refused_, {}); }

  [[nodiscard]] Place place_of(TaskId task) const;

  [[nodiscard]] const ReadyQueue& ready() const { return ready_; }

  [[nodiscard]] ReadyQueue& ready() { return ready_; }

  /// Who came into line since the last call stands there from now on.
  void count_arrivals(std::int64_t now_us, const LockTable& locks);
  /// What a task that starts now has waited for, longest first.
  std::vector<Waited> waited(TaskId task, std::int64_t now_us, const LockTable& locks);
  /// A task goes from its line to that of a lock.
  void note_park(TaskId task, std::int64_t now_us, const LockTable& locks);
  /// What the tasks that have not started wait for, apart from locks.
  [[nodiscard]] std::vector<WaitingTasks> waiting() const;
  /// What the most important of them waits for; `nothing` if there is none.
  [[nodiscard]] WaitCause first_cause() const;

  Amount used;            ///< by its running tasks, of its limits
  Amount used_of_machine; ///< by the same
  std::size_t unfinished = 0;
  std::size_t running = 0;
  std::size_t parked = 0;
  std::uint64_t served = 0;  ///< the number of the start, of all there were, that was its last
  bool wants_permit = false; ///< to start a task that nothing else keeps from it

 private:
  void count_arrival(TaskId task, std::int64_t now_us, const LockTable& locks);
  /// What it waited for before it came into line the first time.
  [[nodiscard]] std::vector<Waited> waited_before(const TaskRecord& record, TaskId task) const;
  /// The clock of its line stops for it.
  WaitTimes uncount(TaskRecord& record, std::int64_t now_us);
  /// As it is, with what its job expects where nothing is known.
  [[nodiscard]] Shape with_guesses(Shape shape, const Capacity& capacity) const;
  [[nodiscard]] std::uint64_t expected_memory(const Capacity& capacity) const;
  [[nodiscard]] Width width_of(const Shape& shape, const Capacity& capacity) const;

  JobId id_;
  TaskId first_;
  JobLimits limits_;
  std::uint32_t at_once_; ///< tasks of a cpu each, when the job was added
  JobResources resources_;
  const PoolTable& pool_table_;
  std::vector<PoolId> pools_;
  Observations seen_cpu_milli_; ///< of tasks of which it was a guess
  Observations seen_memory_bytes_;
  std::vector<TaskRecord> tasks_;
  Successors successors_;
  ReadyQueue ready_;
  std::vector<TaskId> refused_;
  std::vector<TaskId> arrived_;                         ///< in line since count_arrivals()
  std::map<TaskId, std::vector<Waited>> waited_so_far_; ///< of those that came from a lock
  std::optional<std::int64_t> added_us_;                ///< when arrivals were counted first
  std::int64_t spare_ = unlimited;
  std::optional<std::uint32_t> permits_; ///< unset: none are needed
  bool restarts_;
  bool has_turns_;
  std::uint32_t turn_ = 0; ///< index of the first task that has not ended, with turns
};

} // namespace winnow::schedule
