// From the reasons that were found to a selection: what is selected in any case, and what comes
// along.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/select/ruled_targets.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace winnow::select {

using TestReason = std::pair<TestId, Reason>;
using ReasonsByTest = std::vector<std::vector<Reason>>; ///< by test; none: it is not selected

/// Tests that run whatever changed.
struct AlwaysSelected {
  std::span<const TestKey> listed; ///< the tests of the build tree now; empty: as in the graph
  std::span<const TestId> red;     ///< whose newest verdict is no pass
  std::string red_unknown_because; ///< then any test may be red: fallback; "" where they are known
};

/// Adds reasons to unmapped and red tests, and listed ones that the graph does not know to
/// `selection`.
void add_always_selected(const Graph& graph, const AlwaysSelected& always, ReasonsByTest& reasons,
                         Selection& selection);

/// Puts what has reasons into `selection`, with its setups, cleanups and DEPENDS and the targets
/// that all of it needs, or may load.
void finish_selection(const Graph& graph, ReasonsByTest reasons, const ProjectRules& project,
                      Selection& selection);

} // namespace winnow::select
