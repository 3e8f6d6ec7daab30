// Asks who made a file, and who uses it.
#include "analyzer/select/plugin.hpp"

#include <algorithm>
#include <vector>

namespace winnow::select {

bool is_plugin(const Graph& graph, NodeId file)
{
  const auto producers = graph.dependencies(file);
  if (producers.empty()) {
    return false;
  }
  const auto target = graph.target_of(graph.step(producers[0].node));
  if (!target || (graph.target_type(*target) != "MODULE_LIBRARY" &&
                  graph.target_type(*target) != "SHARED_LIBRARY")) {
    return false;
  }
  const std::vector<FileId> artifacts = graph.artifacts(*target);
  return std::ranges::find(artifacts, graph.file(file)) != artifacts.end() &&
         std::ranges::all_of(graph.dependents(file), [&](Neighbour user) {
           return graph.kind(user.node) == NodeKind::step &&
                  graph.step_kind(graph.step(user.node)) == StepKind::phony;
         });
}

} // namespace winnow::select
