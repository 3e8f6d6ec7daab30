// What one file can affect, in words.
#pragma once

#include "analyzer/model/explanation.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/report/paint.hpp"

#include <string>

namespace winnow::report {

/// Lines for a terminal: the tests its edges lead to, then what rules say of it.
std::string file_text(const Graph& graph, const FileExplanation& explanation, Color color);

} // namespace winnow::report
