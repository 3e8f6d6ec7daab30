// The work tree as git sees it at one moment: asked once, before anything is compared with it.
#pragma once

#include "analyzer/change/base_commit.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::change {

struct WorkTree {
  /// HEAD and the content of every file that git tracks or would track; nothing without git.
  SourceState sources;
  /// The branch that is checked out, as in "main" or "fix/url"; "" where HEAD is detached.
  std::string branch;
  /// Files that git neither tracks nor ignores, relative to the top of the repository.
  std::vector<std::string> untracked;
  /// Why there is none is told when a change is asked for: everything else works without.
  Result<Repository> repository;
};

/// Of unmodified files git already has the content hash; modified and untracked ones are read. In
/// repositories that name content by SHA-256 all are read. Errors: git fails in a repository that
/// it has found, or prints what is no listing.
Result<WorkTree> look_at_work_tree(const Roots& roots);

/// `state` and the contents of the files at those graph paths that it does not list: files git
/// ignores, files of the build tree, both without the roots' paths in them. A file that does not
/// exist is listed with an unknown hash.
SourceState with_contents_of(SourceState state, const Roots& roots,
                             std::span<const std::string> graph_paths);

} // namespace winnow::change
