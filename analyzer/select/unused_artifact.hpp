// Artifacts of the build that nothing in it uses.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/settings.hpp"

#include <optional>

namespace winnow::select {

/// The shipped rule for a file of the graph that no other step uses and no test names: a shared
/// library or module can only be loaded, a program only be called by name. That a test is given a
/// directory around the file does not tell that no other test uses it.
std::optional<ShippedRule> rule_on_unused(const Graph& graph, NodeId file);

} // namespace winnow::select
