// Goes through a target's steps and the files of its directory.
#include "analyzer/select/target_seeds.hpp"

#include "analyzer/model/id_set.hpp"
#include "analyzer/select/changed_nodes.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace winnow::select {
namespace {

constexpr bool is_include(EdgeKind kind)
{
  return kind == EdgeKind::header || kind == EdgeKind::scanned_header;
}

std::vector<NodeId> steps_of(const Graph& graph, TargetId target)
{
  std::vector<NodeId> steps;
  for (std::uint32_t id = 0; id < graph.step_count(); ++id) {
    if (graph.target_of(StepId{id}) == target) {
      steps.push_back(graph.node(StepId{id}));
    }
  }
  return steps;
}

bool is_alone_in_its_directory(const Graph& graph, TargetId target)
{
  for (std::uint32_t id = 0; id < graph.target_count(); ++id) {
    if (id != target.value && is_library(graph, TargetId{id}) &&
        graph.target_directory(TargetId{id}) == graph.target_directory(target)) {
      return false;
    }
  }
  return true;
}

std::string_view directory_of(std::string_view path)
{
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

} // namespace

std::vector<NodeId> made_by(const Graph& graph, TargetId target)
{
  std::vector<NodeId> nodes;
  for (const FileId artifact : graph.artifacts(target)) {
    nodes.push_back(graph.node(artifact));
  }
  const std::vector<NodeId> steps = steps_of(graph, target);
  nodes.insert(nodes.end(), steps.begin(), steps.end());
  return nodes;
}

std::vector<NodeId> headers_of(const Graph& graph, TargetId target, const LibraryHomes& homes,
                               std::span<const std::string> declared)
{
  std::vector<NodeId> headers;
  for (const std::string& path : declared) {
    if (const auto file = graph.find_file(path)) {
      headers.push_back(graph.node(*file));
    }
  }
  if (!is_library(graph, target)) {
    return headers;
  }
  std::optional<IdSet<NodeId>> read; // unset: all count
  const std::vector<NodeId> steps = steps_of(graph, target);
  if (!steps.empty() && !is_alone_in_its_directory(graph, target)) {
    read.emplace();
    for (const NodeId step : steps) {
      for (const Neighbour input : graph.dependencies(step)) {
        read->insert(input.node);
      }
    }
  }
  const std::string_view home = graph.target_directory(target);
  for (const FileId file : files_below(graph, home)) {
    const NodeId node = graph.node(file);
    const bool is_header = std::ranges::any_of(
        graph.dependents(node), [](Neighbour user) { return is_include(user.kind); });
    if (is_header && (!read || read->contains(node)) &&
        homes.home_of(directory_of(graph.path(file))) == home) {
      headers.push_back(node);
    }
  }
  return headers;
}

} // namespace winnow::select
