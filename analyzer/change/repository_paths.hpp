// From the paths git prints to graph paths.
#pragma once

#include "analyzer/change/base_commit.hpp"
#include "analyzer/model/roots.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace winnow::change {

/// The graph path of a path relative to the top of the repository; nothing for files of the build
/// tree. The source root is taken as the user wrote it, so that links on the way to it do not
/// matter.
inline std::optional<std::string> graph_path(const Roots& roots, const Repository& repository,
                                             std::string_view path)
{
  const bool below_source = path.starts_with(repository.prefix);
  if (below_source && !is_within(roots.build, roots.source)) {
    return std::string(path.substr(repository.prefix.size())); // git's paths are normal
  }
  std::string graph_path =
      below_source ? roots.graph_path(roots.source + "/" +
                                      std::string(path.substr(repository.prefix.size())))
                   : roots.graph_path(repository.top + "/" + std::string(path));
  if (origin_of(graph_path) != Origin::build) {
    return graph_path;
  }
  if (roots.build != roots.source) {
    return std::nullopt;
  }
  // Sources built in place: git's files are sources, though they lie below the build root.
  return graph_path;
}

} // namespace winnow::change
