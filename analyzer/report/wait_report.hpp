// What tests wait for and how fast a run could have been, in words.
#pragma once

#include "analyzer/model/run_event.hpp"

#include <string>
#include <vector>

namespace winnow::report {

/// "12 for cpu, 3 for lock db (dir/test has it)"; "" of nothing.
std::string waiting_text(const std::vector<WaitingTests>& groups);

/// "3.2 s for lock db (dir/test had it last), 0.1 s for cpu"; "" of a test that did not wait.
std::string waits_text(const TestResult& result);

/// "no order takes less than 11.0 s: longest path a -> b; 1.3 s more, cpus idle for 12 %, mostly
/// while tests waited for a lock"; "" where that is not known.
std::string bound_text(const RunFinished& end, std::uint32_t slots);

} // namespace winnow::report
