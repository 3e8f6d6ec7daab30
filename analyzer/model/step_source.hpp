// The file that a compile step is about.
#pragma once

#include "analyzer/model/graph.hpp"

#include <optional>

namespace winnow {

/// The file a person knows a compile step by: what it compiles, or where a scan preprocessed that
/// (as of Fortran), what was preprocessed. Likewise what one scan step scans. Nothing for others.
std::optional<FileId> source_of(const Graph& graph, StepId step);

} // namespace winnow
