// Libraries that can only be loaded at run time.
#pragma once

#include "analyzer/model/graph.hpp"

namespace winnow::select {

/// A shared library or module that no other step uses and no test names.
bool is_plugin(const Graph& graph, NodeId file);

} // namespace winnow::select
