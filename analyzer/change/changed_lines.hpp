// Which lines of files differ between a commit and the work tree.
#pragma once

#include "analyzer/change/work_tree.hpp"
#include "analyzer/model/cmake_edit.hpp"
#include "analyzer/model/error.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::change {

using LinesByFile = std::map<std::string, std::vector<ChangedLines>, std::less<>>;

/// By graph path, those of `graph_paths` that have lines both in `commit` and in the work tree, and
/// differ there. Files that lie outside of the source root are left out. An environment error where
/// git fails.
Result<LinesByFile> changed_lines(const WorkTree& work_tree, const std::string& commit,
                                  std::span<const std::string> graph_paths);

/// What `git diff --unified=0 --no-prefix` says of files that both states have, by path as git
/// prints it. Format: git-diff(1), "Generating patch text with -p". What is no such text is passed
/// over.
LinesByFile read_line_diff(std::string_view output);

} // namespace winnow::change
