// Graph against graph: what configuring head does otherwise than configuring base did.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/select/changed_nodes.hpp"

#include <span>
#include <vector>

namespace winnow::select {

struct DifferentNode {
  NodeId node; ///< of head's graph
  ReasonKind kind = ReasonKind::changed_command;

  bool operator==(const DifferentNode&) const = default;
};

struct GraphDifference {
  std::vector<DifferentNode> nodes;   ///< ordered by node, each once
  std::vector<NodeId> gone_artifacts; ///< of base's graph, unused: that nobody makes any more
};

/// Whether the graphs are of a tree that was not configured again in between.
bool are_of_one_configuration(const Graph& one, const Graph& other);

/// Steps are matched by their outputs, tests by their keys. A step differs by its command, or by
/// the set of files it is made of as the build file states them; what the compiler or a tool read
/// on its own is no statement, nor is a file that a command merely names: both follow from the
/// command and the contents. A step, test or `touched` file that is gone matters by what consumed
/// it. Of the leaf inputs that git does not track, `beside_git` has the present contents, sorted by
/// path. Where commands differ in the values of `meaningless` definitions only, they do not.
///
/// Either graph may be of a tree that was never built: tests that a program lists once it is built
/// are not new where the other graph holds the place for what that program would list.
/// O(files + steps + tests, and the edges of either graph).
GraphDifference graph_difference(const Graph& base, const Graph& head,
                                 std::span<const TouchedPath> touched,
                                 std::span<const FileVersion> beside_git,
                                 const VolatileStamps& meaningless = {});

} // namespace winnow::select
