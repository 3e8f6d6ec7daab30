// Looks the directories up from the inside out.
#include "analyzer/select/library_homes.hpp"

#include "analyzer/model/file_kind.hpp"

#include <cstdint>

namespace winnow::select {

bool is_library(const Graph& graph, TargetId target)
{
  return graph.target_type(target).ends_with("_LIBRARY");
}

LibraryHomes::LibraryHomes(const Graph& graph)
{
  for (std::uint32_t id = 0; id < graph.target_count(); ++id) {
    if (is_library(graph, TargetId{id})) {
      homes_.insert(graph.target_directory(TargetId{id}));
    }
  }
}

std::optional<std::string_view> LibraryHomes::home_of(std::string_view directory) const
{
  for (;;) {
    if (const auto found = homes_.find(directory); found != homes_.end()) {
      return *found;
    }
    if (directory.empty()) {
      return std::nullopt;
    }
    directory = directory_of(directory);
  }
}

} // namespace winnow::select
