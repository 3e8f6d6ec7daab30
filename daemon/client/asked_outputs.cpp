// Collects them from the edges.
#include "daemon/client/asked_outputs.hpp"

#include "analyzer/model/roots.hpp"

namespace winnow::client {
namespace {

bool is_made_in_build_tree(const Graph& graph, NodeId file)
{
  const Neighbours producers = graph.dependencies(file);
  return !producers.empty() && graph.step_kind(graph.step(producers[0].node)) != StepKind::phony &&
         origin_of(graph.path(graph.file(file))) == Origin::build;
}

} // namespace

std::string ninja_name(std::string_view graph_path)
{
  return std::string(graph_path.substr(build_prefix.size()));
}

std::set<std::string> outputs_read(const Graph& graph, const Reach& needed)
{
  std::set<std::string> names;
  for (const NodeId node : needed.nodes()) {
    if (graph.kind(node) == NodeKind::file) {
      continue;
    }
    const bool test = graph.kind(node) == NodeKind::test;
    for (const Neighbour input : graph.dependencies(node)) {
      if ((test || input.kind == EdgeKind::named_in_command) &&
          graph.kind(input.node) == NodeKind::file && is_made_in_build_tree(graph, input.node)) {
        names.insert(ninja_name(graph.path(graph.file(input.node))));
      }
    }
  }
  return names;
}

} // namespace winnow::client
