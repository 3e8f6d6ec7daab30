// Two changes as one.
#pragma once

#include "analyzer/model/change.hpp"

#include <vector>

namespace winnow::select {

/// `change` with those of `files` added whose paths it does not have yet. A file that came or went
/// since one of the states and was modified since the other has come or gone: what includes a file
/// of its name may have been recorded without it.
Change joined(Change change, const std::vector<ChangedFile>& files);

} // namespace winnow::select
