// One selection from those of tests that are compared with different states.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/select/last_green.hpp"
#include "analyzer/select/selected_tests.hpp"

#include <span>

namespace winnow::select {

/// Of each group's selection, in which nothing is always selected, what it says of the tests of
/// that group. Tests without a state are selected, and say why.
Selection joined_selection(const Graph& graph, const Greens& greens, const GreenBases& bases,
                           std::span<const Selection> of_groups, const AlwaysSelected& always,
                           const ProjectRules& project);

} // namespace winnow::select
