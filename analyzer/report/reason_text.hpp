// Why a test is selected, in words.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"

#include <string>

namespace winnow::report {

/// One line without its end, a sentence of its own.
std::string reason_text(const Graph& graph, const Reason& reason);

/// " (rule winnow.json:12)", "" where no rule says it.
std::string rule_text(const std::string& rule);

} // namespace winnow::report
