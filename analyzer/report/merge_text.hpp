// The results of a plan's chunks together, for terminals.
#pragma once

#include "analyzer/model/run_results.hpp"

#include <string>

namespace winnow::report {

/// How many passed, what became of each chunk, and which tests failed.
std::string merge_to_text(const MergedResults& merged);

/// What keeps results from covering the plan in `plan_file`, and what to do; lines for people.
std::string gaps_to_text(const PlanGaps& gaps, const std::string& plan_file);

} // namespace winnow::report
