// A plan for terminals.
#pragma once

#include "analyzer/model/plan.hpp"
#include "analyzer/report/paint.hpp"

#include <string>

namespace winnow::report {

/// A heading with the predicted time, the lower bound and the gap between them, then a table with
/// one row per chunk.
std::string plan_to_text(const Plan& plan, Color color);

} // namespace winnow::report
