// The document `winnow.results` as it is carried between machines.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/planned_run.hpp"
#include "analyzer/model/run_results.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// What run_results_to_json() wrote, with a member more:
///   plan{id, commit, chunks[], discovered[]{name, directory, target}}
/// A data error: it is none.
Result<std::string> results_with_plan(std::string_view results, const PlannedRun& planned);

/// What results_with_plan(), run_results_to_json() or merged_results_to_json() wrote, without what
/// tests waited for. A data error names the member at fault.
Result<RunResults> results_from_json(std::string_view text);

/// The same document for all chunks of a plan, one line without its end: `plan` as above,
/// `runs[]{chunk, run_id, tests, failed, predicted_seconds, real_seconds}` where each result comes
/// from, and tests[] as of one run; an index counts a test once for each chunk that has it.
std::string merged_results_to_json(const MergedResults& merged);

} // namespace winnow::report
