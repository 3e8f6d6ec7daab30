// Builds what a selection or a plan needs.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/plan.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/split/split.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/ninja_build.hpp"

#include <vector>

namespace winnow::client {

/// Builds the targets of the selection, everything after a fallback.
Result<BuildOutcome> build_selection(const BuildContext& context, const Selection& selection);

/// The same for all that ninja builds by default.
Result<BuildOutcome> build_everything(const BuildContext& context);

/// The same for the targets of these chunks. A user error: the tree has no such target.
Result<BuildOutcome> build_chunks(const BuildContext& context, const std::vector<Chunk>& chunks);

/// Whether building for these tests would do nothing. Takes about as long as such a build; where it
/// cannot be told, it would do something.
bool is_built(const BuildContext& context, const std::vector<TestKey>& tests);

/// What must be built for each test, as plans have it: target names, "all" for a test of which
/// nothing is known.
split::TargetsOfTests targets_of_tests(const Graph& graph);

} // namespace winnow::client
