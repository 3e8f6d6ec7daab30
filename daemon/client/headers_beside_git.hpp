// Headers that git ignores, and that came or went since a graph was recorded.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/roots.hpp"

#include <string>
#include <vector>

namespace winnow::client {

/// What is otherwise on disk than in a graph, of all that its include directives may mean, with
/// what git may tell of still among it. Graph paths.
struct FindableSince {
  std::vector<std::string> came;
  std::vector<std::string> gone; ///< files of the sources that nothing reads; others are compared
};

/// Takes a listing of every directory that is searched: best while git looks at the work tree.
FindableSince findable_since(const Graph& graph, const Roots& roots);

/// Without what git tells of.
std::vector<ChangedFile> headers_beside_git(const FindableSince& since, const SourceState& now);

} // namespace winnow::client
