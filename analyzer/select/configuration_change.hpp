// What a change of the configuration selects: the difference of two graphs, followed to the tests.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/select/graph_difference.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::select {

/// Which changed file of the configuration explains a difference.
class CMakeExplanation {
 public:
  /// `changed`: graph paths of all changed files that configuring reads; must outlive this.
  CMakeExplanation(const Graph& graph, std::span<const std::string> changed)
      : graph_(graph), changed_(changed)
  {}

  /// Fills in `file` and, where the graph tells the line, `defined_at`: the file that defines a
  /// test, else the nearest at or above the directory of the target, test or file, else the first;
  /// nothing where no file changed, as by -D.
  void explain(Reason& reason, NodeId different) const;

 private:
  [[nodiscard]] std::string_view nearest(std::string_view directory) const;

  const Graph& graph_;
  std::span<const std::string> changed_;
};

struct ReachedNode {
  NodeId node; ///< a test, or an artifact that nothing uses
  Reason reason;
};

/// The tests and the unused artifacts that the difference reaches, each with a shortest chain.
std::vector<ReachedNode> reached_by(const Graph& head, const GraphDifference& difference,
                                    const CMakeExplanation& explanation);

} // namespace winnow::select
