// One search from all that differs.
#include "analyzer/select/configuration_change.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/select/staged_files.hpp"
#include "analyzer/select/unused_artifact.hpp"

#include <algorithm>

namespace winnow::select {
namespace {

std::string_view directory_of_node(const Graph& graph, NodeId node)
{
  switch (graph.kind(node)) {
  case NodeKind::test:
    return graph.source_directory(graph.test(node));
  case NodeKind::step:
    if (const auto target = graph.target_of(graph.step(node))) {
      return graph.target_directory(*target);
    }
    for (const Neighbour output : graph.dependents(node)) {
      return directory_of_node(graph, output.node);
    }
    return {};
  case NodeKind::file:
    break;
  }
  // Build trees mirror source trees.
  std::string_view path = graph.path(graph.file(node));
  if (origin_of(path) == Origin::build) {
    path.remove_prefix(build_prefix.size());
  }
  return directory_of(path);
}

ReasonKind kind_of(const GraphDifference& difference, NodeId seed)
{
  return std::ranges::lower_bound(difference.nodes, seed, {}, &DifferentNode::node)->kind;
}

} // namespace

std::string_view CMakeExplanation::nearest(std::string_view directory) const
{
  if (directory == ".") {
    directory = {};
  }
  while (true) {
    for (const std::string& file : changed_) {
      if (directory_of(file) == directory) {
        return file;
      }
    }
    if (directory.empty()) {
      return changed_.empty() ? std::string_view() : std::string_view(changed_.front());
    }
    directory = directory_of(directory);
  }
}

void CMakeExplanation::explain(Reason& reason, NodeId different) const
{
  if (graph_.kind(different) == NodeKind::test) {
    const std::string_view defined_at = graph_.defined_at(graph_.test(different));
    const std::string_view file = defined_at.substr(0, defined_at.rfind(':'));
    if (std::ranges::find(changed_, file) != changed_.end()) {
      reason.file = file;
      reason.defined_at = defined_at;
      return;
    }
  }
  reason.file = nearest(directory_of_node(graph_, different));
}

std::vector<ReachedNode> reached_by(const Graph& head, const GraphDifference& difference,
                                    const CMakeExplanation& explanation)
{
  std::vector<NodeId> seeds;
  for (const DifferentNode& different : difference.nodes) {
    seeds.push_back(different.node);
  }
  std::vector<ReachedNode> found;
  StagedFiles staged(head);
  const Reach reached = reach(head, seeds, Direction::dependents);
  for (const NodeId node : reached.nodes()) {
    const bool unused = head.kind(node) == NodeKind::file &&
                        (rule_on_unused(head, node) || staged.is_staged(head.file(node)));
    if (!unused && head.kind(node) != NodeKind::test) {
      continue;
    }
    Reason reason;
    reason.chain = reached.chain_to(node);
    const NodeId seed = reason.chain.front().node;
    reason.kind = kind_of(difference, seed);
    explanation.explain(reason, seed);
    if (reason.kind == ReasonKind::new_test && seed != node) {
      reason.kind = ReasonKind::changed_test; // of the fixture or the order, not of its own
    }
    found.push_back({node, std::move(reason)});
  }
  return found;
}

} // namespace winnow::select
