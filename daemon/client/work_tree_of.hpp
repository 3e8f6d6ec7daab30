// The work tree of a build tree, with the help of what was listed before.
#pragma once

#include "analyzer/change/work_tree.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

namespace winnow::client {

/// Keeps a commit's files in `.winnow/commit` of the build tree: a cache, which only saves time.
Result<change::WorkTree> work_tree_of(const Roots& roots);

} // namespace winnow::client
