// How long a job that runs will still take.
#pragma once

#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace winnow::schedule {

enum class TaskState : std::uint8_t { waiting, running, ended };

/// How far a task is.
struct TaskProgress {
  TaskState state = TaskState::waiting;
  std::int64_t us = 0; ///< since it started, or how long it took; 0 of one that never ran
};

/// The schedule of what is left, simulated by the scheduler itself, or, of many tasks, the time
/// below which none comes: the more there are, the nearer are the two. What tasks were expected to
/// take is corrected by what those that ended took, all together; what nobody knew of is expected
/// to take what such tasks took in this run, those that still run counted as far as they are. The
/// same of cpus that were guessed, which are replaced in `job`: its tasks that ended are to have
/// what they took.
///
/// `capacity` is the job's own, `progress` parallel to Job::tasks. Nothing while nothing is known.
std::optional<std::int64_t> remaining_us(Job& job, const Capacity& capacity,
                                         std::span<const TaskProgress> progress);

} // namespace winnow::schedule
