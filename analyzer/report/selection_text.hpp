// A selection for terminals and for scripts.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/report/paint.hpp"
#include "analyzer/report/test_names.hpp"

#include <string>

namespace winnow::report {

/// A heading with counts, then tests by what selected them, with one chain each; of a fallback its
/// cause and its files, but not every test.
std::string selection_to_text(const Graph& graph, const Selection& selection, Color color);

/// One line without its end: "12 of 78 tests affected by 1 changed file since main".
std::string selection_headline(const Graph& graph, const Selection& selection);

/// A commit id in the length that people compare; other names as they are.
std::string state_text(const std::string& state);

/// What a fallback says for itself, as lines: its cause and the files that are it.
std::string fallback_text(const Fallback& fallback, const Paint& paint);

/// The names of the affected tests, one entry each, by TestNames of the whole graph.
std::string selection_to_names(const Graph& graph, const Selection& selection, Separator separator);

/// The names of the targets that must be built, one entry each.
std::string selection_to_targets(const Graph& graph, const Selection& selection,
                                 Separator separator);

} // namespace winnow::report
