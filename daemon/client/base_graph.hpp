// Base's graph: from a shelf, or made by configuring base.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"
#include "daemon/client/build_context.hpp"

#include <optional>
#include <string>

namespace winnow::client {

struct BaseGraph {
  std::optional<Graph> graph;
  std::string missing_because; ///< what to say where it would be needed and is not there
};

/// The graph to compare `context.graph` with for `change`, whose base is a commit: one kept or
/// imported whose configuration read what configuring that commit would read; else, where the
/// change cannot be judged without, one made in a scratch work tree. No failure is an error: it
/// makes a fallback, with its cause.
BaseGraph find_base_graph(const BuildContext& context, const Change& change);

} // namespace winnow::client
