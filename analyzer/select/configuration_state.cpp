// Compares contents of configure inputs, and what else configuring read.
#include "analyzer/select/configuration_state.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/select/changed_nodes.hpp"

#include <algorithm>
#include <vector>

namespace winnow::select {
namespace {

/// The inputs in the source tree, ordered by path.
std::vector<FileId> configure_inputs(const Graph& graph)
{
  std::vector<FileId> inputs;
  for (StepId step{0}; step.value < graph.step_count(); ++step.value) {
    if (!is_configure_step(graph, step)) {
      continue;
    }
    for (const Neighbour input : graph.dependencies(graph.node(step))) {
      if (origin_of(graph.path(graph.file(input.node))) == Origin::source) {
        inputs.push_back(graph.file(input.node));
      }
    }
  }
  return inputs;
}

} // namespace

std::optional<std::string> configuration_state(const Graph& graph)
{
  std::string facts;
  for (const FileId input : configure_inputs(graph)) {
    const ContentHash hash = graph.recorded_hash(input);
    if (!hash.known()) {
      return std::nullopt;
    }
    facts += std::string(graph.path(input)) + '\0' + hash.hex();
  }
  const std::vector<ConfigureRead> reads = configure_reads_from(graph.origin().configure_reads);
  if (facts.empty() || std::ranges::any_of(reads, &std::string::empty, &ConfigureRead::state)) {
    return std::nullopt;
  }
  return hash_content(facts + to_lines(reads)).hex();
}

bool configured_from(const Graph& graph, const SourceState& state, const SourceState& now)
{
  for (const FileId input : configure_inputs(graph)) {
    const std::string_view path = graph.path(input);
    const std::optional<ContentHash> version = state.files.find(path);
    const bool ignored = !version && !now.files.contains(path);
    if (!ignored && (!version || !same_content(graph.recorded_hash(input), *version))) {
      return false;
    }
  }
  return std::ranges::all_of(configure_reads_from(graph.origin().configure_reads),
                             [&](const ConfigureRead& read) {
                               return !read.state.empty() && state_of(read, state) == read.state;
                             });
}

std::optional<ConfigureRead> stale_read(const Graph& graph, const SourceState& now)
{
  for (const ConfigureRead& read : configure_reads_from(graph.origin().configure_reads)) {
    if (state_of(read, now) != read.state) {
      return read;
    }
  }
  return std::nullopt;
}

} // namespace winnow::select
