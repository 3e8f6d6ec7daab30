// How long a run is expected to take.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/history.hpp"
#include "analyzer/model/run_request.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace winnow::split {

struct Prediction {
  double seconds = 0;                       ///< until the last test has ended
  std::map<std::uint32_t, double> chunks_s; ///< each chunk's, from its first start to its last end
  std::uint32_t unmeasured = 0;             ///< tests whose own duration no run has measured
};

/// The simulated schedule of a request, all its chunks together, on an otherwise idle machine.
/// Durations as in expected_durations_us(). A user error if tests wait for each other in a circle.
Result<Prediction> predict(const RunRequest& request, const History& history,
                           schedule::Capacity machine, std::span<const TestDescription> siblings);

} // namespace winnow::split
