// What differs from a state of the sources that was not a commit alone.
#pragma once

#include "analyzer/model/change.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::select {

/// A state of the sources, beside its commit; both lists are sorted by path.
struct BesideCommit {
  std::span<const FileVersion> uncommitted; ///< files that were otherwise
  std::span<const FileVersion> beside_git;  ///< the inputs that git did not track
};

/// `since_commit`, what differs from the state's commit, corrected by the rest of that state. `now`
/// lists the present contents, also of `beside_git`, the present inputs that git does not track; an
/// unknown hash and no entry mean that there is no such file. Sorted by path.
std::vector<ChangedFile> change_since_state(const std::vector<ChangedFile>& since_commit,
                                            const BesideCommit& then, const SourceState& now,
                                            std::span<const std::string> beside_git);

} // namespace winnow::select
