// What a changed path may be used as, where no edge tells.
#pragma once

#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/rule_book.hpp"

#include <span>
#include <string_view>

namespace winnow::select {

/// Whether a compiler that reads headers nobody recorded might read this path.
bool may_be_included(const TouchedPath& touched, RuleBook& rules);

/// Whether a test might read the path, rather than a compiler or CMake.
bool may_be_data(std::string_view path);

/// Whether the graph does not know the path, and the file exists on one side of the change only.
bool has_come_or_gone(const TouchedPath& touched);

/// Takes the files from paths that are only mentioned, and that a rule ignores: none overrides an
/// edge, but a mention may be none.
void forget_ignored_mentions(std::span<TouchedPath> touched, RuleBook& rules);

/// Whether an input of a tool, which finds the rest, has the name of the file in it.
bool is_mentioned(const Graph& graph, const TouchedPath& touched);

/// Whether the file only got another name beside others like it: what read it under the one name
/// reads it under the other, and has an edge from that. Code and scripts are looked for by name.
bool is_read_as_before(const TouchedPath& touched);

} // namespace winnow::select
