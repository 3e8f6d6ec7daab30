// Joins the results of the chunks of a plan.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/plan.hpp"
#include "analyzer/model/run_results.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::split {

/// One document of results, and what to call it.
struct ResultsFile {
  std::string path;
  std::string content; ///< as it was read, to tell a copy from another one
  RunResults results;
};

/// What becomes of a chunk that was run again.
enum class Rerun {
  refused,
  newest_counts ///< of the run that was started last
};

struct Merge {
  MergedResults results; ///< of what there is
  PlanGaps gaps;
};

/// Every test of every chunk once, and what is missing for that. `id` is the plan's. A copy of a
/// document counts once. A data error names the file, and the chunk or test: results of another
/// plan or of none, a chunk of two runs, a test that the chunk neither has nor discovers.
Result<Merge> merge(const Plan& plan, const std::string& id, std::span<const ResultsFile> files,
                    Rerun rerun);

} // namespace winnow::split
