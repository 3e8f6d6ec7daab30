// Judges edges by their kind.
#include "analyzer/select/unseen_inputs.hpp"

#include <algorithm>
#include <optional>

namespace winnow::select {
namespace {

std::optional<StepId> producer_of(const Graph& graph, FileId file)
{
  const Neighbours producers = graph.dependencies(graph.node(file));
  return producers.empty() ? std::nullopt : std::optional(graph.step(producers[0].node));
}

/// What custom commands make, behind any number of names for several files.
void add_made_by_commands(const Graph& graph, FileId file, std::vector<FileId>& files)
{
  std::vector<FileId> pending{file};
  std::vector<StepId> entered;
  while (!pending.empty()) {
    const FileId next = pending.back();
    pending.pop_back();
    const std::optional<StepId> producer = producer_of(graph, next);
    if (!producer) {
      continue;
    }
    if (graph.step_kind(*producer) == StepKind::custom) {
      files.push_back(next);
    } else if (graph.step_kind(*producer) == StepKind::phony &&
               std::ranges::find(entered, *producer) == entered.end()) {
      entered.push_back(*producer);
      for (const Neighbour input : graph.dependencies(graph.node(*producer))) {
        pending.push_back(graph.file(input.node));
      }
    }
  }
}

} // namespace

bool is_seen_by_ninja(EdgeKind kind)
{
  switch (kind) {
  case EdgeKind::source:
  case EdgeKind::implicit_input:
  case EdgeKind::header:
  case EdgeKind::depfile_input:
    return true;
  default:
    return false;
  }
}

std::vector<FileId> unseen_inputs(const Graph& graph, StepId step)
{
  std::vector<FileId> files;
  for (const Neighbour input : graph.dependencies(graph.node(step))) {
    const FileId file = graph.file(input.node);
    if (input.kind == EdgeKind::named_in_command || input.kind == EdgeKind::mentioned ||
        input.kind == EdgeKind::scanned_header || input.kind == EdgeKind::module) {
      files.push_back(file);
    } else if (input.kind == EdgeKind::ordered_before &&
               graph.step_kind(step) == StepKind::custom) {
      add_made_by_commands(graph, file, files);
    }
  }
  std::ranges::sort(files);
  const auto repeated = std::ranges::unique(files);
  files.erase(repeated.begin(), repeated.end());
  return files;
}

} // namespace winnow::select
