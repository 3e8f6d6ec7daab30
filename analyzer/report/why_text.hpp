// Why one test is affected, and what one file can affect.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/report/paint.hpp"

#include <string>

namespace winnow::report {

/// Lines for a terminal: every reason as a chain.
std::string why_selected_text(const Graph& graph, const Selection& selection,
                              const SelectedTest& selected, Color color);

/// The tests that `file` can affect, grouped by the chain that leads to each.
std::string why_file_text(const Graph& graph, FileId file, Color color);

} // namespace winnow::report
