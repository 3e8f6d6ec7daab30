// What a changed path may be used as, where no edge tells.
#pragma once

#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/rule_book.hpp"

#include <string_view>

namespace winnow::select {

/// Whether a compiler that reads headers nobody recorded might read this path.
bool may_be_included(const TouchedPath& touched, RuleBook& rules);

/// Whether a test might read the path, rather than a compiler or CMake.
bool may_be_data(std::string_view path);

/// Whether the graph does not know the path, and the file exists on one side of the change only.
bool has_come_or_gone(const TouchedPath& touched);

} // namespace winnow::select
