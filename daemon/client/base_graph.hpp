// Base's graph: from a shelf, or made by configuring base.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"
#include "daemon/client/build_context.hpp"

#include <optional>
#include <span>
#include <string>

namespace winnow::client {

struct BaseGraph {
  std::optional<Graph> graph;
  std::string missing_because; ///< what to say where it would be needed and is not there
  bool was_made = false;       ///< by configuring just now
};

/// Whether base may be configured aside, which takes as long as configuring takes.
enum class Making { allowed, too_many };

/// What is known of the base beside the commit that the change names.
struct BaseState {
  std::span<const FileVersion> uncommitted; ///< contents that were otherwise; sorted by path
  Making may_be_made = Making::allowed;
};

/// The graph to compare `context.graph` with for `change`, whose base is a commit: one kept or
/// imported whose configuration read what configuring that commit would read; else, where the
/// change cannot be judged without, one made in a scratch work tree. No failure is an error: it
/// makes a fallback, with its cause. What was not committed cannot be made.
BaseGraph find_base_graph(const BuildContext& context, const Change& change,
                          const BaseState& state = {});

} // namespace winnow::client
