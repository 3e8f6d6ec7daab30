// Reads what `git diff --raw -z` prints.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"

#include <string_view>
#include <vector>

namespace winnow::change {

/// The files of one raw diff, in its order, paths as git prints them.
/// Format: gitdiff-raw(5), "-z": `:mode mode id id status NUL path NUL`, for renames and copies a
/// score after the status letter and two paths. A copy is an addition; unmerged, unknown and
/// type-changed files are modified. A data error for anything else.
Result<std::vector<ChangedFile>> read_raw_diff(std::string_view output);

} // namespace winnow::change
