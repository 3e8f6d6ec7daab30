// When the tasks of a small job start so that the last of them ends as early as possible.
#pragma once

#include "analyzer/schedule/ranks.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace winnow::schedule {

inline constexpr std::size_t most_planned_tasks = 12;

struct SmallJobPlan {
  std::vector<std::uint32_t> order; ///< tasks by their starts
  std::int64_t makespan_us = 0;
};

/// The shortest schedule there is for the job alone on the machine, or that is found in a few
/// milliseconds; of several, one in which the more important tasks come first. Nothing for a job of
/// more than most_planned_tasks tasks, of which something is a guess, or with turns, permits, named
/// instances or counted kinds to share.
/// The scheduler starts tasks in this order, and nearly always as planned. Rejected: to hold back
/// what is ready until what the plan has before it is ready as well, where one test that takes
/// longer than before would keep idle cpus from all others.
std::optional<SmallJobPlan> small_job_plan(const Job& job, const Capacity& capacity,
                                           const std::vector<Rank>& ranks);

/// Raises ranks so that tasks are as important as the order has it.
void follow(const SmallJobPlan& plan, std::vector<Rank>& ranks);

} // namespace winnow::schedule
