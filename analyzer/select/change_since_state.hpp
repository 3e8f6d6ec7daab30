// What differs from a state of the sources that was not a commit alone.
#pragma once

#include "analyzer/model/change.hpp"

#include <span>
#include <vector>

namespace winnow::select {

/// `since_commit`, what differs from the state's commit, corrected by the files that were otherwise
/// in that state: `recorded`, each path once. `now` lists their present contents; an unknown hash
/// and no entry mean that there is no such file. Sorted by path.
std::vector<ChangedFile> change_since_state(const std::vector<ChangedFile>& since_commit,
                                            std::span<const FileVersion> recorded,
                                            const SourceState& now);

} // namespace winnow::select
