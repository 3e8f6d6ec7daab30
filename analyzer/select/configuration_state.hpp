// Which state of the sources a graph's configuration was made from.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/configure_read.hpp"
#include "analyzer/model/graph.hpp"

#include <optional>
#include <string>

namespace winnow::select {

/// A name for all that configuring read of the sources, equal for graphs that could stand for each
/// other. Nothing where it is not known, as for a tree older than its CMake inputs.
std::optional<std::string> configuration_state(const Graph& graph);

/// Whether configuring `state` would read what configuring the graph's tree read. `now` tells the
/// files git knows from those it ignores, which are in no commit.
bool configured_from(const Graph& graph, const SourceState& state, const SourceState& now);

/// The first read of configuring that would find something else now.
std::optional<ConfigureRead> stale_read(const Graph& graph, const SourceState& now);

} // namespace winnow::select
