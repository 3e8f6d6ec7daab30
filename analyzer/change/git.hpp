// The change of a work tree, as git sees it.
#pragma once

#include "analyzer/change/base_commit.hpp"
#include "analyzer/change/work_tree.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/roots.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::change {

/// What differs between a base and the work tree now, files that git neither tracks nor ignores
/// included. Files below the build root are no change. The repository may begin above the source
/// root: files outside of it have absolute paths. A user error where the sources are in no
/// repository or the base names no commit.
Result<Change> change_since(const WorkTree& work_tree, const Roots& roots, const Base& base);

/// The change a user states by naming files, relative to `directory` (absolute) or absolute. A file
/// that does not exist counts as deleted.
Result<Change> change_of_files(const Roots& roots, const std::string& directory,
                               std::span<const std::string> files);

/// Sorts by path and joins entries of one path: contradicting ones become "modified".
void sort_and_join(std::vector<ChangedFile>& files);

} // namespace winnow::change
