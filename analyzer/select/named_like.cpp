// One pass over all file names, one look-up each.
#include "analyzer/select/named_like.hpp"

#include "analyzer/select/file_kind.hpp"

namespace winnow::select {

std::unordered_map<StepId, std::string_view>
readers_of_names(const Graph& graph, std::span<const std::string_view> paths)
{
  std::unordered_map<StepId, std::string_view> readers;
  std::unordered_map<std::string_view, std::string_view> path_of_name;
  for (const std::string_view path : paths) {
    path_of_name.emplace(base_name(path), path);
  }
  if (path_of_name.empty()) {
    return readers;
  }
  for (std::uint32_t i = 0; i < graph.file_count(); ++i) {
    const auto named = path_of_name.find(base_name(graph.path(FileId{i})));
    if (named == path_of_name.end()) {
      continue;
    }
    for (const Neighbour reader : graph.dependents(graph.node(FileId{i}))) {
      if (reader.kind == EdgeKind::header || reader.kind == EdgeKind::depfile_input) {
        readers.emplace(graph.step(reader.node), named->second);
      }
    }
  }
  return readers;
}

} // namespace winnow::select
