// Which changed files may make configuring head differ from configuring base.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/select/changed_nodes.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::select {

/// Whether CMake is what reads files of that name: CMakeLists.txt, *.cmake.
bool is_cmake_code(std::string_view path);

/// The paths of those that configuring read in one of the states, or looked for. `base` may be
/// null.
std::vector<std::string> read_by_configuring(const Graph& head, const Graph* base,
                                             std::span<const TouchedPath> touched);

/// Whether configuring asks git what HEAD is.
bool asks_for_commit(const Graph& graph);

/// Whether the change can only be judged with base's graph at hand: configuring read one of its
/// files, or may have, or asked git for the commit, or a source came or went that head's graph does
/// not know.
bool needs_base_graph(const Graph& head, const Change& change);

/// Whether what consumed the file at base, if anything did, shows in the difference of the graphs.
/// That configuring looked for a header does not tell who may include it. `base` may be null.
bool shows_in_comparison(const Graph* base, const TouchedPath& touched,
                         std::span<const std::string> configured_by);

} // namespace winnow::select
