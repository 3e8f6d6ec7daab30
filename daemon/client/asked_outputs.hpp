// What ninja has to be asked for by name so that all is made that tests and steps read.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/reach.hpp"

#include <set>
#include <string>
#include <string_view>

namespace winnow::client {

/// The name build.ninja has for a file below the build root.
std::string ninja_name(std::string_view graph_path);

/// Of the tests in `needed` the files that steps make and they read directly, of the steps those
/// that only a command names: ninja, asked for a program, does not come by them. Names that
/// build.ninja has, of files below the build root.
std::set<std::string> outputs_read(const Graph& graph, const Reach& needed);

} // namespace winnow::client
