// The document `winnow.plan`, written and read.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/plan.hpp"
#include "analyzer/model/selection.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// What the plan pins, as one word: its sources and, of each chunk, tests and targets. Two plans
/// with one id run the same, whatever they predict.
std::string plan_id(const Plan& plan);

/// Version 1, one line without its end:
///   kind, version, id, commit
///   uncommitted[]{path, content}: what differed from the commit, "" for the content of a deleted
///     file
///   selection: the document `winnow.selection` it was made from, null for a plan of all tests
///   chunks[]{index, tests[]{name, directory}, targets[], discovers[], predicted_seconds,
///     build_seconds}: the last one 0 where the plan is not for jobs that build
///   lower_bound_seconds, predicted_seconds: of the slowest chunk, build_seconds included
///   build_ratio: what all chunks build over what one job would, 0 if not known
/// Indices count from 0 without gaps. A test that is not UTF-8 has "percent_encoded": true, a path
/// that is not is as utf8_or_percent() writes it.
std::string plan_to_json(const Plan& plan);
std::string plan_to_json(const Plan& plan, const Graph& graph, const Selection& selection);

/// What plan_to_json() wrote, without the selection; paths stay as they were written. A data error
/// names the member at fault; a test twice in one chunk is one, and so is an id that is not that of
/// the rest: the plan was edited. A plan without an id is as good.
Result<Plan> plan_from_json(std::string_view text);

} // namespace winnow::report
