// Judges by the target's type.
#include "analyzer/select/unused_artifact.hpp"

#include <algorithm>
#include <vector>

namespace winnow::select {
namespace {

std::optional<ShippedRule> rule_on_type(std::string_view target_type)
{
  if (target_type == "MODULE_LIBRARY" || target_type == "SHARED_LIBRARY") {
    return ShippedRule::plugins;
  }
  return target_type == "EXECUTABLE" ? std::optional(ShippedRule::programs) : std::nullopt;
}

} // namespace

std::optional<ShippedRule> rule_on_unused(const Graph& graph, NodeId file)
{
  const auto producers = graph.dependencies(file);
  if (producers.empty()) {
    return std::nullopt;
  }
  const auto target = graph.target_of(graph.step(producers[0].node));
  if (!target) {
    return std::nullopt;
  }
  const auto rule = rule_on_type(graph.target_type(*target));
  const bool is_unused = std::ranges::all_of(graph.dependents(file), [&](Neighbour user) {
    return user.kind == EdgeKind::below_argument ||
           (graph.kind(user.node) == NodeKind::step &&
            graph.step_kind(graph.step(user.node)) == StepKind::phony);
  });
  if (!rule || !is_unused) {
    return std::nullopt;
  }
  const std::vector<FileId> artifacts = graph.artifacts(*target);
  const bool is_artifact = std::ranges::find(artifacts, graph.file(file)) != artifacts.end();
  return is_artifact ? rule : std::nullopt;
}

} // namespace winnow::select
