// Graph files: written whole, opened with care.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/graph.hpp"

#include <optional>
#include <string>
#include <vector>

namespace winnow::client {

/// Writes beside the final name and renames, so that readers and a writer may meet. Directories are
/// made. An environment error where that is not possible.
Result<void> write_graph(const std::string& path, const Graph& graph);

/// The graph at `path` if there is one and it is sound. A damaged one is set aside as
/// `<path>.damaged`; that, and why one cannot be read, is said on standard error.
std::optional<Graph> open_graph_or_set_aside(const std::string& path);

/// The same, compressed for another machine.
Result<void> write_carried_graph(const std::string& path, const Graph& graph);

/// What write_carried_graph() wrote, or write_graph(), here or elsewhere: nothing in it is trusted.
/// A user error where there is no such file, a data error says what is wrong with it.
Result<Graph> open_carried_graph(const std::string& path);

/// The *.graph files of a directory, the newest first.
std::vector<std::string> graph_files(const std::string& directory);

/// Removes all but the newest `kept`. What cannot be removed stays: it only takes space.
void remove_older_graphs(const std::string& directory, std::size_t kept);

} // namespace winnow::client
