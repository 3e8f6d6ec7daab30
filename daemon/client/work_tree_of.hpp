// The work tree of a build tree, with the help of what was listed before.
#pragma once

#include "analyzer/change/work_tree.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/mapped_file.hpp"
#include "analyzer/model/roots.hpp"

#include <memory>
#include <optional>

namespace winnow::client {

/// A commit and where its listing lies.
struct KeptCommit {
  change::KnownCommit commit;
  std::shared_ptr<const MappedFile> file;
};

/// The files of a commit, kept in `.winnow/commit` of the build tree: a cache, which only saves
/// time. Nothing where none is kept of these sources.
std::optional<KeptCommit> kept_commit(const Roots& roots);

/// Looks at the work tree. `known` is what kept_commit() gave; where git had to list a commit, that
/// one is kept from now on.
Result<change::WorkTree> work_tree_of(const Roots& roots, const std::optional<KeptCommit>& known);

} // namespace winnow::client
