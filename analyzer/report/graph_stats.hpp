// How big a graph is, by kind.
#pragma once

#include "analyzer/model/graph.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace winnow::report {

/// The number of things of each kind; arrays are indexed by the enum's values.
struct GraphStats {
  std::size_t source_files = 0;
  std::size_t built_files = 0; ///< outputs of steps
  std::size_t other_files =
      0; ///< outside the source tree, or in the build tree but made by no step
  std::array<std::size_t, 7> steps{}; ///< by StepKind
  std::size_t scanned_headers = 0;    ///< steps whose headers were found in the text of the sources
  std::size_t unknown_headers = 0;    ///< steps that may read any header
  std::array<std::size_t, edge_kind_names.size()> edges{}; ///< by EdgeKind
  std::size_t unmapped_tests = 0;
};

/// O(nodes + edges).
GraphStats stats_of(const Graph& graph);

std::string_view name_of(StepKind kind);

/// Lines for a terminal; kinds that do not occur are left out.
std::string graph_stats_to_text(const Graph& graph);

/// The document `winnow.graph_stats`: origin{}, bytes, files{}, steps{}, targets, tests{}, edges{},
/// each by kind, one line without its end.
std::string graph_stats_to_json(const Graph& graph);

} // namespace winnow::report
