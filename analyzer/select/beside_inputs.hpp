// Commands that may read a file beside their scripts, or beside others of its kind.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/select/selected_tests.hpp"

#include <string_view>
#include <vector>

namespace winnow::select {

/// The custom commands with an input in the directory of `path`, which no edge tells to be read: a
/// script, which may import what it lies beside, or a file with the same extension, which may
/// include it; and those with a script in the directory above, but for the source root. None if
/// some command's input mentions it: then that is its use. Not those that told what they read (a
/// depfile), nor those that only put the input somewhere. Ordered by id. O(what lies directly in
/// the directories).
std::vector<StepId> commands_beside(const Graph& graph, std::string_view path);

/// The tests of what they make. The chain begins at the command.
std::vector<TestReason> tests_of_commands_beside(const Graph& graph, std::string_view path);

} // namespace winnow::select
