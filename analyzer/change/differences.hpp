// What git says that differs between a commit and a work tree, submodules entered.
#pragma once

#include "analyzer/change/raw_diff.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"

#include <string>
#include <vector>

namespace winnow::change {

/// Paths are relative to the top of the repository.
struct Differences {
  std::vector<ChangedFile> files;
  std::vector<std::string> submodules; ///< those whose own files are among `files`
};

/// What a commit is compared with.
enum class Against { index, work_tree };

/// The tracked files that differ between `commit` and what the repository at `top` has; a submodule
/// is one path.
Result<std::vector<RawChange>> differences(const std::string& top, const std::string& commit,
                                           Against against);

/// A submodule that moved or was edited gives way to what differs inside between the commit it had
/// and its own work tree, untracked files included; so do its own submodules. It stays one path
/// where git cannot tell: it is not checked out, or does not have that commit.
Differences with_submodules_entered(const std::string& top, std::vector<RawChange> changes);

} // namespace winnow::change
