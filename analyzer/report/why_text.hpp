// Why one test is affected, or why it is not.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/report/paint.hpp"

#include <string>

namespace winnow::report {

/// Lines for a terminal. Of a selected test every reason as a chain; of a skipped one how many
/// things it depends on, those it depends on directly, and that none of them changed.
std::string why_text(const Graph& graph, const Selection& selection, TestId test, Color color);

/// The tests that `file` can affect, grouped by the chain that leads to each.
std::string why_file_text(const Graph& graph, FileId file, Color color);

} // namespace winnow::report
