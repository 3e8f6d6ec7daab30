// What must be built before tests can run.
#pragma once

#include "analyzer/model/graph.hpp"

#include <span>
#include <vector>

namespace winnow::select {

/// The targets whose outputs the tests run, are given or require, ordered by id. What those are
/// made of is the build system's to know. Unmapped tests may need others: see
/// needs_everything_built().
std::vector<TargetId> needed_targets(const Graph& graph, std::span<const TestId> tests);

/// Whether one of the tests is unmapped, so that no list of targets is sure to be enough.
bool needs_everything_built(const Graph& graph, std::span<const TestId> tests);

} // namespace winnow::select
