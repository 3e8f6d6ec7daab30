// What of the work tree is in no commit.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "daemon/client/build_context.hpp"

#include <vector>

namespace winnow::client {

/// What differed from HEAD when the work tree was looked at, untracked files included, with its
/// content then: an unknown hash is a file that is gone, or cannot be read, and untold_content() is
/// one of which more differs. Sorted by path; empty without git or a commit.
Result<std::vector<FileVersion>> uncommitted_files(const BuildContext& context);

} // namespace winnow::client
