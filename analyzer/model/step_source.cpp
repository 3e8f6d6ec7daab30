// Walks back over preprocessing.
#include "analyzer/model/step_source.hpp"

namespace winnow {
namespace {

std::optional<FileId> explicit_input(const Graph& graph, StepId step)
{
  for (const Neighbour input : graph.dependencies(graph.node(step))) {
    if (input.kind == EdgeKind::source) {
      return graph.file(input.node);
    }
  }
  return std::nullopt;
}

/// The scan step that makes the file, if one does.
std::optional<StepId> scan_of(const Graph& graph, FileId file)
{
  for (const Neighbour producer : graph.dependencies(graph.node(file))) {
    if (graph.step_kind(graph.step(producer.node)) == StepKind::scan) {
      return graph.step(producer.node);
    }
  }
  return std::nullopt;
}

} // namespace

std::optional<FileId> source_of(const Graph& graph, StepId step)
{
  const StepKind kind = graph.step_kind(step);
  if (kind != StepKind::compile && kind != StepKind::scan) {
    return std::nullopt;
  }
  const std::optional<FileId> source = explicit_input(graph, step);
  const std::optional<StepId> scan = source ? scan_of(graph, *source) : std::nullopt;
  if (!scan) {
    return source;
  }
  return kind == StepKind::compile ? explicit_input(graph, *scan) : std::nullopt;
}

} // namespace winnow
