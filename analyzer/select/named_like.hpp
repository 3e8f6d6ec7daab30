// Headers that appear and vanish may shadow, or stop shadowing, others of their name.
#pragma once

#include "analyzer/model/graph.hpp"

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::select {

/// Step → the path among `paths` whose base name equals that of a header the step reads. Which
/// directory an #include finds first is not in the graph, so every reader of the name counts.
std::unordered_map<StepId, std::string_view>
readers_of_names(const Graph& graph, std::span<const std::string_view> paths);

} // namespace winnow::select
