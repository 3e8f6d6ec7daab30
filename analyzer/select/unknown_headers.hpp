// What compilers may read that nobody has recorded yet.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/rule_book.hpp"
#include "analyzer/select/selected_tests.hpp"

#include <span>
#include <vector>

namespace winnow::select {

/// The tests that depend on a step whose headers are not recorded, where a file changed that may be
/// one. Each once; the chain leads from such a step.
std::vector<TestReason> tests_with_unknown_headers(const Graph& graph,
                                                   std::span<const TouchedPath> touched,
                                                   RuleBook& rules);

} // namespace winnow::select
