// Which line of the CMake code made the configuration another one.
#pragma once

#include "analyzer/model/cmake_edit.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"

#include <functional>
#include <span>
#include <string_view>

namespace winnow::select {

/// What CMake says of a target's origin; null where it says nothing.
using FindPlaces = std::function<const TargetPlaces*(std::string_view target)>;

/// Whether a reason of the test would become clearer by a line.
bool wants_cmake_lines(const SelectedTest& test);

/// Fills in `defined_at`, and `file` where another one is meant, of the reasons that come from a
/// changed configuration: the edited line, as the first of these tells it:
/// - the only change that can matter in all `edited` files;
/// - one in a command, or in a call that led to it, that CMake says a part of the target comes
///   from: first parts of the kind that differs, then the target's others;
/// - one in a command that names the target, the test or the file, or that did so at base;
/// - the same for the targets that it depends on, the nearest first;
/// - the only change that can matter in the file the reason names.
/// Else the line that defines the target or test, where its file is edited; else the file alone.
/// Changes of blank and comment lines cannot matter. `edited` are all changed files that
/// configuring reads. CMake is asked of a limited number of targets: a selection may have
/// thousands.
void name_cmake_lines(const Graph& graph, std::span<const EditedFile> edited,
                      const FindPlaces& places, std::span<SelectedTest* const> tests);

} // namespace winnow::select
