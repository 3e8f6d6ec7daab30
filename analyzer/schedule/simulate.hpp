// How long a job takes on a machine: the scheduler itself, driven by a clock that jumps.
#pragma once

#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace winnow::schedule {

struct SimulatedTask {
  std::int64_t started_us = 0;
  std::int64_t ended_us = 0;
};

struct Simulation {
  std::vector<SimulatedTask> tasks; ///< parallel to Job::tasks
  std::int64_t makespan_us = 0;     ///< the end of the last task
};

/// Runs the job alone on an idle machine; every task succeeds after its duration. One that asks for
/// resources which there are not takes no time.
/// `durations_us` is parallel to Job::tasks; what the scheduler expects stays Task::expected_us.
Simulation simulate(const Job& job, Capacity capacity, std::span<const std::int64_t> durations_us);

/// The time in which the machine can do all the work there is, through its scarcest resource; a
/// serial task takes the whole machine.
std::int64_t work_bound_us(const Job& job, Capacity capacity,
                           std::span<const std::int64_t> durations_us);

/// No schedule is shorter: the longest path, the work bound, the sums of each lock's tasks and of
/// the serial ones.
std::int64_t lower_bound_us(const Job& job, Capacity capacity,
                            std::span<const std::int64_t> durations_us);

} // namespace winnow::schedule
