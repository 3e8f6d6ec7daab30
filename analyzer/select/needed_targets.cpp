// From tests to the steps that produce their files, and to the targets of those.
#include "analyzer/select/needed_targets.hpp"

#include <algorithm>
#include <set>

namespace winnow::select {

std::vector<TargetId> needed_targets(const Graph& graph, std::span<const TestId> tests)
{
  std::set<TargetId> targets;
  for (const TestId test : tests) {
    const std::vector<TargetId> known = graph.targets(test);
    targets.insert(known.begin(), known.end());
    for (const Neighbour input : graph.dependencies(graph.node(test))) {
      if (graph.kind(input.node) != NodeKind::file) {
        continue;
      }
      for (const Neighbour producer : graph.dependencies(input.node)) {
        if (const auto target = graph.target_of(graph.step(producer.node))) {
          targets.insert(*target);
        }
      }
    }
  }
  return {targets.begin(), targets.end()};
}

bool needs_everything_built(const Graph& graph, std::span<const TestId> tests)
{
  return std::ranges::any_of(tests,
                             [&](TestId test) { return graph.mapping(test) == Mapping::unmapped; });
}

} // namespace winnow::select
