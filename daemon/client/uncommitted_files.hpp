// What of the work tree is in no commit.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "daemon/client/build_context.hpp"

#include <vector>

namespace winnow::client {

/// What differs from HEAD, untracked files included, with its content; an unknown hash is a file
/// that is gone, or cannot be read. Sorted by path; empty without git or a commit.
Result<std::vector<FileVersion>> uncommitted_files(const BuildContext& context);

} // namespace winnow::client
