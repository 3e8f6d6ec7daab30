// Goes through a target's steps and the files of its directory.
#include "analyzer/select/target_seeds.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/id_set.hpp"
#include "analyzer/select/changed_nodes.hpp"

#include <algorithm>
#include <cstdint>

namespace winnow::select {
namespace {

constexpr bool is_include(EdgeKind kind)
{
  return kind == EdgeKind::header || kind == EdgeKind::scanned_header;
}

void add_inputs(const Graph& graph, std::span<const NodeId> steps, IdSet<NodeId>& inputs)
{
  for (const NodeId step : steps) {
    for (const Neighbour input : graph.dependencies(step)) {
      inputs.insert(input.node);
    }
  }
}

} // namespace

TargetSeeds::TargetSeeds(const Graph& graph)
    : graph_(graph), homes_(graph), steps_(graph.target_count())
{
  for (std::uint32_t id = 0; id < graph.step_count(); ++id) {
    if (const auto target = graph.target_of(StepId{id})) {
      steps_[target->value].push_back(graph.node(StepId{id}));
    }
  }
}

std::vector<NodeId> TargetSeeds::made_by(TargetId target) const
{
  std::vector<NodeId> nodes;
  for (const FileId artifact : graph_.artifacts(target)) {
    nodes.push_back(graph_.node(artifact));
  }
  const std::vector<NodeId>& steps = steps_[target.value];
  nodes.insert(nodes.end(), steps.begin(), steps.end());
  return nodes;
}

std::optional<TargetId> TargetSeeds::maker_of(NodeId node) const
{
  if (graph_.kind(node) == NodeKind::file) {
    const Neighbours producers = graph_.dependencies(node);
    if (producers.empty()) {
      return std::nullopt; // an artifact that the build file does not make
    }
    node = producers[0].node;
  }
  return graph_.target_of(graph_.step(node));
}

std::vector<NodeId> TargetSeeds::headers_at_home(TargetId target) const
{
  const std::string_view home = graph_.target_directory(target);
  const std::vector<NodeId>& steps = steps_[target.value];
  IdSet<NodeId> own;
  IdSet<NodeId> others;
  add_inputs(graph_, steps, own);
  for (std::uint32_t id = 0; id < steps_.size() && !steps.empty(); ++id) {
    if (id != target.value && is_library(graph_, TargetId{id}) &&
        graph_.target_directory(TargetId{id}) == home) {
      add_inputs(graph_, steps_[id], others);
    }
  }
  std::vector<NodeId> headers;
  for (const FileId file : files_below(graph_, home)) {
    const NodeId node = graph_.node(file);
    const bool is_header = std::ranges::any_of(
        graph_.dependents(node), [](Neighbour user) { return is_include(user.kind); });
    if (is_header && (own.contains(node) || !others.contains(node)) &&
        homes_.home_of(directory_of(graph_.path(file))) == home) {
      headers.push_back(node);
    }
  }
  return headers;
}

std::vector<NodeId> TargetSeeds::headers_of(TargetId target,
                                            std::span<const std::string> declared) const
{
  std::vector<NodeId> headers;
  if (is_library(graph_, target)) {
    headers = headers_at_home(target);
  }
  for (const std::string& path : declared) {
    if (const auto file = graph_.find_file(path)) {
      headers.push_back(graph_.node(*file));
    }
  }
  return headers;
}

} // namespace winnow::select
