// A plan for terminals and for scripts.
#pragma once

#include "analyzer/model/plan.hpp"
#include "analyzer/report/paint.hpp"
#include "analyzer/report/test_names.hpp"

#include <string>

namespace winnow::report {

/// A heading with the predicted time, the lower bound and the gap between them, then a table with
/// one row per chunk.
std::string plan_to_text(const Plan& plan, Color color);

/// An entry for each test: the index of its chunk, a tab, and `directory/name`.
std::string plan_to_names(const Plan& plan, Separator separator);

} // namespace winnow::report
