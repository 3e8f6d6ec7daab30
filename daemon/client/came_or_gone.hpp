// Files that appeared or vanished since some state that objects of a build tree may be from.
#pragma once

#include "analyzer/model/change.hpp"
#include "daemon/client/build_context.hpp"

#include <string>
#include <vector>

namespace winnow::client {

/// Graph paths, each once: what came or went by `change` (may be null), and since each kept graph
/// of the tree was recorded: of the sources by its commit, untracked files included, of the build
/// tree, and of what git ignores, what only one of the two has. CMake files are left out: nothing
/// includes them. Commits that are no longer at hand tell nothing.
std::vector<std::string> came_or_gone(const BuildContext& context, const Change* change);

} // namespace winnow::client
