// The work tree as git sees it at one moment: asked once, before anything is compared with it.
#pragma once

#include "analyzer/change/base_commit.hpp"
#include "analyzer/change/known_commit.hpp"
#include "analyzer/change/raw_diff.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace winnow::change {

/// What the index has instead of a commit. A rename is a file that is gone and another that came.
struct StagedChanges {
  std::string commit; ///< "" for the state before the first one
  std::vector<RawChange> changes;
};

struct WorkTree {
  /// HEAD and the content of every file that git tracks or would track; nothing without git.
  SourceState sources;
  /// The branch that is checked out, as in "main" or "fix/url"; "" where HEAD is detached.
  std::string branch;
  /// Files that git neither tracks nor ignores, relative to the top of the repository. What Winnow
  /// itself wrote there is left out, here and in `sources`, as if git ignored it.
  std::vector<std::string> untracked;
  /// Edited files that git was told not to look at (assume-unchanged, skip-worktree), likewise.
  std::vector<std::string> hidden;
  /// Since the commit that was known, or else HEAD; paths relative to the top of the repository.
  StagedChanges staged;
  /// What differs from git's index, likewise.
  std::vector<RawChange> unstaged;
  /// HEAD's state, where git had to list all of it: worth to be given next time.
  std::optional<SourceState> listed;
  /// Why there is none is told when a change is asked for: everything else works without.
  Result<Repository> repository;
};

/// `known` is any commit, if one is at hand: where the repository is still the same, git lists
/// only what differs from it. Of unmodified files git already has the content hash; modified and
/// untracked ones are read. In repositories that name content by SHA-256 all are read. Errors: git
/// fails in a repository that it has found, or prints what is no listing.
Result<WorkTree> look_at_work_tree(const Roots& roots, const KnownCommit* known = nullptr);

/// The files at those graph paths, which git ignores or which lie in the build tree, as they are
/// without the roots' paths in them; sorted by path, each once. The hash of a file that does not
/// exist is unknown.
std::vector<FileVersion> contents_at(const Roots& roots, std::span<const std::string> graph_paths);

} // namespace winnow::change
