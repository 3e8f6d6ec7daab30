// Decides which test starts when: events in, actions out; no clock, no process, no thread inside.
//
// One scheduler serves a whole machine: tasks of several jobs (runs) share its capacity, locks of
// one project are shared by its jobs. The daemon drives it with real events, split simulates with
// it.
#pragma once

#include "analyzer/model/ids.hpp"
#include "analyzer/model/resource_spec.hpp"
#include "analyzer/model/resource_use.hpp"
#include "analyzer/model/waiting.hpp"
#include "analyzer/schedule/learned_demand.hpp"
#include "analyzer/schedule/pressure_gauge.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow::schedule {

using JobId = Id<struct JobTag>;
using TaskId = Id<struct TaskTag>; ///< unique over the life of a scheduler

/// Thousandths of so many cpus: at least one cpu, at most what the type can hold.
constexpr std::uint32_t milli_of(std::uint32_t cpus)
{
  return std::clamp(cpus, 1U, std::numeric_limits<std::uint32_t>::max() / 1000) * 1000;
}

/// What is there to be shared.
struct Capacity {
  std::uint32_t cpu_milli = 1000; ///< thousandths of a cpu; tasks that wait have it once more
  std::uint64_t memory_bytes = 0; ///< 0: memory is not accounted
  /// Of the memory, what is free at this moment, whoever has the rest; unset: nobody knows.
  std::optional<std::uint64_t> available_bytes;
};

/// What a task occupies while it runs.
struct Demand {
  std::uint32_t cpu_milli = 1000; ///< clamped to the capacity
  std::uint64_t memory_bytes = 0;
  std::vector<std::string> locks;   ///< exclusive; "machine:NAME" spans projects
  bool whole_machine = false;       ///< RUN_SERIAL
  std::vector<ResourceCount> pools; ///< one that wants more than there are has them alone
  std::vector<std::vector<ResourceRequirement>> resource_groups; ///< of the job's resource_spec
  /// Nobody has stated or measured it: what the task takes is learned while it runs, and guessed
  /// from others of its job before.
  bool cpu_is_guess = false;
  bool memory_is_guess = false;
};

enum class After {
  order,  ///< wait until it ended, whatever became of it (DEPENDS)
  success ///< without its success this task cannot run (a fixture's setup)
};

struct Predecessor {
  std::uint32_t task = 0; ///< index into Job::tasks
  After after = After::order;
};

struct Task {
  Demand demand;
  std::vector<Predecessor> predecessors;
  std::optional<std::int64_t> expected_us; ///< from history; unknown tasks start early
  std::int64_t at_least_us = 0;            ///< all that is known of an unknown one
  std::int32_t priority = 0; ///< explicit cost order: higher starts first among equals
  bool restarts = true;      ///< it may be ended while it runs, and started once more
};

/// Limits above the machine's capacity are granted: the job's tasks then take less of it each, so
/// that as many as asked for run at once on an otherwise idle machine.
struct Job {
  /// The project: its locks and pools are shared by all jobs of the same scope.
  std::string lock_scope;
  std::vector<Task> tasks;
  /// Hard cap of tasks at once, a task counting as its whole cpus (ctest -j and PROCESSORS).
  std::optional<std::uint32_t> running_limit;
  std::optional<std::uint32_t> cpu_limit_milli;    ///< -j of `winnow run`: of cpu demand at once
  std::optional<std::uint64_t> memory_limit_bytes; ///< of memory demand at once, like that
  /// How many there are of each kind that its tasks may ask for; what the newest job says counts
  /// for all of the scope. A kind that no job has declared is taken by one task at a time.
  std::vector<ResourceCount> pools;
  /// Each task starts only when all before it have ended; predecessors must come before.
  bool in_turns = false;
  /// Tasks start only as set_permits() allows: none until it is called.
  bool paced = false;
  bool restarts = true; ///< none of its tasks does otherwise, whatever they say
  /// What all its tasks share besides the machine; unset: their resource groups mean nothing.
  std::optional<ResourceSpec> resource_spec;
};

struct AddedJob {
  JobId job;
  std::vector<TaskId> tasks; ///< parallel to Job::tasks
};

enum class Outcome { succeeded, failed };

/// How long a task waited for one thing: a WaitPart of tasks.
struct Waited {
  WaitCause cause = WaitCause::nothing;
  std::int64_t us = 0;
  std::string name;           ///< of the lock, or of the kinds of resources
  std::optional<TaskId> task; ///< its last predecessor, or who held the lock last
};

/// Tasks of a job that wait for the same now: WaitingTests of tasks.
struct WaitingTasks {
  std::uint32_t count = 0;
  WaitCause cause = WaitCause::nothing;
  std::string name;
  std::optional<TaskId> task; ///< that holds the lock, has the machine, or is promised the room
};

struct Action {
  enum class Kind {
    start,  ///< run the task now
    end,    ///< memory is short: kill it, and restart_alone() it unless it ended before that
    give_up ///< it can never run: a predecessor it needed failed (`because`), or it has shortfalls
  };
  Kind kind = Kind::start;
  TaskId task;
  std::optional<TaskId> because; ///< the task whose failure it was, through any number of others
  std::optional<ResourceAllocation> resources; ///< of a start, in a job with a specification
  std::uint32_t cpus = 1; ///< of a start: what the task may compute on, rounded up
  /// Of what is given up: what it asks for and the specification lacks, whatever else there is.
  std::vector<ResourceShortfall> shortfalls;
  /// Of a start: what it waited for since its job was added or it was resumed, longest first. Known
  /// where next() is told the time.
  std::vector<Waited> waited;
};

/// Of several jobs the one that has least of the machine is next; of its tasks what the most waits
/// for: the longest remaining path through predecessors and locks.
/// A task that does not fit gets a reservation, and only what does not delay it, as far as known,
/// is started before it. Every event costs O(log tasks) for each different demand, not O(tasks).
class Scheduler {
 public:
  explicit Scheduler(Capacity capacity);
  ~Scheduler();
  Scheduler(Scheduler&&) noexcept;
  Scheduler& operator=(Scheduler&&) noexcept;

  /// Adds a job; cyclic predecessors are a defect of the caller (check with find_cycle first).
  AddedJob add(Job job);
  /// A started task ended. `succeeded` unlocks those that need its success.
  void finish(TaskId task, Outcome outcome);
  /// A started task is to start once more, later: what it occupied is free, and what comes after it
  /// still waits. It is resumed, finished, or forgotten by a cancel.
  void suspend(TaskId task);
  /// Puts it in line again; next() starts it, or gives it up where there is no room any more.
  void resume(TaskId task);
  /// A started task died, or was ended, for want of memory and is to start once more: when nothing
  /// else runs, after all else of its job unless that waits for it. It is not ended again.
  void restart_alone(TaskId task);
  /// Until the next call. Under any pressure nothing starts while something runs; each call that
  /// says that one has to end lets the next next() end the youngest that holds no lock, no resource
  /// and no fixture, if it has enough to help and is not the only one.
  void set_pressure(Pressure pressure);
  /// A running task has used so much since it started. Nothing is learned of what is known, but
  /// what it will still take of the memory is left to it.
  void observe(TaskId task, const Usage& usage);
  [[nodiscard]] std::vector<TaskId> running_tasks() const;
  /// Whether there is something to be learned of them.
  [[nodiscard]] bool learns() const;
  /// Forgets the tasks of the job that have not started, but for those to be kept (ascending);
  /// returns them. Started ones still must finish. What is kept waits for no forgotten task any
  /// more, else as before: for predecessors, limits, locks and turns. It is forgotten too if it
  /// needs the success of one that is.
  std::vector<TaskId> cancel(JobId job, const std::vector<TaskId>& kept = {});
  void set_capacity(Capacity capacity);
  /// Until the next call the job may start tasks of so many whole cpus, beside its limits; what
  /// asks for more than that waits. Unset: as many as its limits allow.
  void set_spare(JobId job, std::optional<std::uint32_t> cpus);
  /// Until the next call so many tasks of the job may start, whatever they occupy; unset: from now
  /// on as many as there are. Whether the job is paced and has unfinished tasks.
  bool set_permits(JobId job, std::optional<std::uint32_t> starts);
  /// Of those, how many were not made use of; nothing of a job without unfinished tasks.
  [[nodiscard]] std::optional<std::uint32_t> permits_left(JobId job) const;
  /// Whether the last next() would have started a task of the job, had it had a permit more.
  [[nodiscard]] bool wants_permit(JobId job) const;
  /// The tasks of the job share this from now on. What has started has no part in it.
  void set_resources(JobId job, const ResourceSpec& spec);

  /// What to do now, in order; each task is acted on exactly once. Call after every event above.
  /// `now_us` is any clock that does not go back. Without it nothing is known of when running tasks
  /// end, and what waits for a wide or serial task to get its room is fewer tasks than could.
  std::vector<Action> next(std::optional<std::int64_t> now_us = std::nullopt);

  /// What the tasks of the job that have not started wait for, as of the last next().
  [[nodiscard]] std::vector<WaitingTasks> waiting(JobId job) const;
  /// The cpu time that stood idle, although the job's limits left it to it, by what the job's most
  /// important waiting task waited for; `nothing` is when none was waiting. Up to the last next(),
  /// also of a job that has ended since, whose times are forgotten now.
  WaitTimes take_idle_us(JobId job);

  /// What is taken of everything there is; of the pools and locks, those of unfinished jobs.
  [[nodiscard]] ResourceUse use() const;
  [[nodiscard]] std::size_t waiting_count() const;
  [[nodiscard]] std::size_t running_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The indices of a cycle among the predecessors, empty if there is none.
std::vector<std::uint32_t> find_cycle(const std::vector<Task>& tasks);

} // namespace winnow::schedule
