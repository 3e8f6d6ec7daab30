// Headers that appear and vanish may shadow, or stop shadowing, others of their name.
#pragma once

#include "analyzer/model/graph.hpp"

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::select {

/// Step → those of `paths`, which appeared or vanished, that it would find or found. A step
/// that reads a file with an #include, __has_include or the like finds a path if that directive's
/// name leads to it from one of the directories the step searches, and no earlier one has a file
/// that neither came nor went. Steps of languages whose includes are not understood, and those
/// whose directive is computed, find every path that has the base name of a header they read.
std::unordered_map<StepId, std::vector<std::string_view>>
readers_of_names(const Graph& graph, std::span<const std::string_view> paths);

} // namespace winnow::select
