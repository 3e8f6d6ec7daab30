// Data in a directory that a definition in some command names: what is built may look for it there.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/rule_book.hpp"
#include "analyzer/select/selected_tests.hpp"

#include <span>
#include <vector>

namespace winnow::select {

/// The tests that run what is made by a step with a definition (`-DDATA_DIR="…"`) that names a
/// directory around a changed file which tests might read and no rule ignores. Each once, closed
/// ones too; the chain leads from a step that is told, and through no other test.
std::vector<TestReason> tests_told_of(const Graph& graph, std::span<const TouchedPath> touched,
                                      RuleBook& rules);

} // namespace winnow::select
