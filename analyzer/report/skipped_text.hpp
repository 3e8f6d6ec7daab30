// Why tests are skipped, in words.
#pragma once

#include "analyzer/model/explanation.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/report/paint.hpp"

#include <functional>
#include <span>
#include <string>

namespace winnow::report {

/// Lines for a terminal about one test: how many things it depends on, that none of them changed or
/// what changed without a difference, what changed beside it, and what it depends on directly.
std::string why_skipped_text(const Graph& graph, const Selection& selection,
                             const SkippedTest& skipped, Color color);

using InputsOf = std::function<InputCounts(TestId)>;

/// Tests under the reasons they share. Of many tests and many reasons only some are listed, and the
/// number of the others: a screen or two, however large the project.
/// `inputs_of` is asked of those that are listed.
std::string skipped_to_text(const Graph& graph, std::span<const SkippedTest> skipped,
                            const InputsOf& inputs_of, Color color);

/// "1a2b3c4d5e6f", "1a2b3c4d5e6f with uncommitted changes".
std::string last_green_text(const LastGreen& green);

} // namespace winnow::report
