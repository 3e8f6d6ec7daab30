// Files that got another name, of which git does not know yet.
#pragma once

#include "analyzer/change/raw_diff.hpp"
#include "analyzer/change/work_tree.hpp"
#include "analyzer/model/roots.hpp"

#include <string>
#include <vector>

namespace winnow::change {

/// Git finds renames among what it tracks. A file that is gone and an untracked one are a rename,
/// too, where both have one content, not empty, that no other such file has: `tracked` then says
/// so. The untracked files that are left, relative to the top of the repository. Requires
/// `work_tree.repository`.
std::vector<std::string> join_moved(std::vector<RawChange>& tracked, const WorkTree& work_tree,
                                    const Roots& roots);

} // namespace winnow::change
