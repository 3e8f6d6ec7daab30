// Headers that appeared or vanished, by their names.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/selected_tests.hpp"

#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace winnow::select {

struct ShadowedHeaders {
  std::vector<TestReason> tests; ///< each once; the chain leads from a step that finds the name
  std::unordered_set<std::string_view> names_read; ///< base names that some step finds, or found
};

/// Views into `touched`.
ShadowedHeaders shadowed_headers(const Graph& graph, std::span<const TouchedPath> touched);

} // namespace winnow::select
