// The targets and staged data that tests may use though nothing says so.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/select/meant_tests.hpp"

#include <span>
#include <vector>

namespace winnow::select {

/// What a project says of its tests; null where it says nothing.
struct ProjectRules {
  const Settings* settings = nullptr;
  const TestLabels* labels = nullptr; ///< needed where the settings name labels
};

/// The targets whose change selects one of `tests` by the rules `plugins` and `programs`: what
/// selects a test must be built for it, too. Ordered by id.
std::vector<TargetId> ruled_targets(const Graph& graph, const ProjectRules& project,
                                    std::span<const TestId> tests);

/// What steps stage and whose change selects one of `tests` by the rule `staged_files`. Ordered by
/// step.
std::vector<FileId> ruled_copies(const Graph& graph, const ProjectRules& project,
                                 std::span<const TestId> tests);

} // namespace winnow::select
