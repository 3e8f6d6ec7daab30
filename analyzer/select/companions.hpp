// The tests that must run along with selected ones.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"

#include <span>
#include <vector>

namespace winnow::select {

struct Companion {
  TestId test;
  std::vector<ChainLink> chain; ///< from the companion to the selected test that needs it
};

/// The setups and cleanups of the fixtures of `selected`, and what they DEPEND on, transitively;
/// none of `selected` itself. Ordered by id.
std::vector<Companion> companions_of(const Graph& graph, std::span<const TestId> selected);

} // namespace winnow::select
