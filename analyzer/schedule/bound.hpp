// Below which time no schedule of a job can come, and why.
#pragma once

#include "analyzer/model/run_bound.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace winnow::schedule {

/// A RunBound of tasks.
struct Bound {
  std::int64_t us = 0;
  BoundBy by = BoundBy::longest_path;
  std::string lock;
  std::vector<std::uint32_t> path; ///< the tasks of the longest path, if it is that
};

/// The largest of the longest path, of the work through each resource, and of the sums of each
/// lock's tasks, of those of counted kinds, and of the serial ones. `durations_us` is parallel to
/// Job::tasks.
Bound bound_of(const Job& job, Capacity capacity, std::span<const std::int64_t> durations_us);

/// The part of it that is work: through the machine's scarcest resource, or the job's own limits. A
/// serial task takes the whole machine.
Bound work_bound(const Job& job, Capacity capacity, std::span<const std::int64_t> durations_us);

} // namespace winnow::schedule
