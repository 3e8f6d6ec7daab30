// Finds a change's files in the graph.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"

#include <string_view>
#include <vector>

namespace winnow::select {

/// One path that differs: a renamed file is an old path gone and a new path added.
struct TouchedPath {
  std::string_view path;
  ChangeStatus status;       ///< never renamed
  std::vector<FileId> files; ///< in the graph, with dependents; several below a moved submodule
  /// Whether something is known to read one of them, not only to mention it.
  bool read = false;
  /// Of a file with the same content under a new name the other path, if the graph has dependents
  /// of that; else "".
  std::string_view known_as = {};
};

/// Whether something is known to read the file: a mention tells of a use, and leaves others open.
bool is_read(const Graph& graph, FileId file);

/// Views into `change`.
std::vector<TouchedPath> touched_paths(const Graph& graph, const Change& change);

/// Every file of the graph below a directory; "" is the source root, and has the files elsewhere as
/// well.
std::vector<FileId> files_below(const Graph& graph, std::string_view directory);

/// Whether the step runs CMake again.
bool is_configure_step(const Graph& graph, StepId step);

/// Whether CMake reads the file while configuring, as the rule that re-runs it says.
bool is_configure_input(const Graph& graph, FileId file);

/// Whether nothing else reads it.
bool only_configures(const Graph& graph, FileId file);

/// The compile steps whose headers are not recorded.
std::vector<NodeId> steps_with_unknown_headers(const Graph& graph);

} // namespace winnow::select
