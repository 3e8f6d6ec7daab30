// The work tree of a build tree, with the help of what was listed before.
#pragma once

#include "analyzer/change/work_tree.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <optional>

namespace winnow::client {

/// The files of a commit, kept in `.winnow/commit` of the build tree: a cache, which only saves
/// time. Nothing where none is kept of these sources.
std::optional<change::KnownCommit> kept_commit(const Roots& roots);

/// Looks at the work tree. `known` is what kept_commit() gave; where git had to list a commit, that
/// one is kept from now on.
Result<change::WorkTree> work_tree_of(const Roots& roots,
                                      const std::optional<change::KnownCommit>& known);

} // namespace winnow::client
