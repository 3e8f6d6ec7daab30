// The document `winnow.plan`, written and read.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/plan.hpp"
#include "analyzer/model/selection.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// Version 1, one line without its end:
///   kind, version, commit
///   selection: the document `winnow.selection` it was made from, null for a plan of all tests
///   chunks[]{index, tests[]{name, directory}, targets[], predicted_seconds}
///   lower_bound_seconds, predicted_seconds
/// Indices count from 0 without gaps. A test that is not UTF-8 has "percent_encoded": true.
std::string plan_to_json(const Plan& plan);
std::string plan_to_json(const Plan& plan, const Graph& graph, const Selection& selection);

/// What plan_to_json() wrote, without the selection. A data error names the member at fault; a test
/// in two places is one.
Result<Plan> plan_from_json(std::string_view text);

} // namespace winnow::report
