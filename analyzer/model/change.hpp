// The files that differ between two states of the sources.
#pragma once

#include "analyzer/model/file_listing.hpp"

#include <string>
#include <vector>

namespace winnow {

enum class ChangeStatus { added, modified, deleted, renamed };

/// Whether a renamed file is known to have, under both names, one content that is not empty.
enum class RenamedContent { may_differ, same };

/// One differing file. `path` is a graph path; of a renamed file the new one.
struct ChangedFile {
  std::string path;
  ChangeStatus status = ChangeStatus::modified;
  std::string old_path; ///< only of a renamed file
  RenamedContent content = RenamedContent::may_differ;

  bool operator==(const ChangedFile&) const = default;
};

/// `base` and `head` name the two states for people and documents: commit ids, or "work tree".
struct Change {
  std::string base;
  std::string head;
  std::vector<ChangedFile> files; ///< sorted by path, each path once
  /// Graph paths of those submodules whose differing files are among `files`; sorted.
  std::vector<std::string> submodules = {};

  bool operator==(const Change&) const = default;
};

/// The contents of the work tree at one moment, as git sees them without reading unmodified files,
/// or those of a commit.
struct SourceState {
  std::string commit;     ///< of HEAD, hexadecimal; "" when there is none
  FileListing files;      ///< tracked and untracked, not ignored
  FileListing submodules; ///< by their commits, which are unknown where edited

  bool operator==(const SourceState&) const = default;
};

} // namespace winnow
