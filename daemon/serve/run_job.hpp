// Turns a run's request into a job of the scheduler.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/history.hpp"
#include "analyzer/model/run_request.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <vector>

namespace winnow::serve {

struct RunJob {
  schedule::Job job;
  std::vector<std::uint32_t> tests; ///< index in the request of each task of the job
};

/// Disabled tests are no tasks. Fixtures and DEPENDS, each within its chunk, become predecessors; a
/// cycle among them is a user error that names its tests, and so is a test that states more memory
/// than it may use of what the machine has, 0 if nobody knows.
Result<RunJob> job_of(const RunRequest& request, const History& history,
                      std::uint64_t memory_bytes = 0);

} // namespace winnow::serve
