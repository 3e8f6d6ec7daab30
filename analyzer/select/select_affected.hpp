// The tests a change can affect, each with the reasons it was selected.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/select/meant_tests.hpp"
#include "analyzer/select/selected_tests.hpp"

#include <span>
#include <string>

namespace winnow::select {

enum class WhateverChanged { included, left_out };

/// Base's configuration, to judge CMake edits by their effect.
struct BaseConfiguration {
  const Graph* graph = nullptr; ///< null: not at hand; then a file that configures is a fallback
  std::string missing_because;  ///< said with that fallback
  std::string stale_because;  ///< why the graph is not head's configuration: fallback; "" if it is
  std::string other_compiler; ///< how the compiler differs from the recorded one; "" if not
  std::span<const FileVersion> beside_git; ///< present leaf inputs git does not track, by path
};

/// What a selection takes into account beside the graph and the change.
struct SelectionRules {
  AlwaysSelected always;
  WhateverChanged whatever_changed = WhateverChanged::included; ///< what is always selected
  BaseConfiguration base;
  const Change* asked = nullptr; ///< what differs between base and head, where the change has more
  const Settings* settings = nullptr; ///< of the project; null: the shipped rules as shipped
  const TestLabels* labels = nullptr; ///< needed where the settings name labels
};

/// Follows every edge from what changed. What edges cannot tell, rules decide, towards selecting:
/// - a file that configuring reads: what differs from base's graph, fallback without one;
/// - another compiler than base's: fallback;
/// - whatever may be included, where a compile step's headers are not recorded: that step;
/// - a header that appears or vanishes: every step that finds it by an include, or, where the graph
///   does not know the includes, that reads a header of its name;
/// - a file that appears in or vanishes from a directory a test is given: that test;
/// - data or a script that something is known to read: the opaque tests of its part with a literal
///   in their sources that may name it (`shared_data`);
/// - a plugin that nobody links and no test names: the opaque tests of its part (rule `plugins`);
/// - a program that nothing uses: nothing (`programs`);
/// - a file without edges: nothing if it is harmless (`harmless_files`), else the opaque tests of
///   its part, and the tests of what commands make that read others beside it, without telling
///   what they read (`unbuilt_files`); fallback where it lies in none, or is a source or header in
///   a part without opaque tests, or is a new or gone header, or without base's graph a new or gone
///   source or CMake file; changed settings are one, too. Where the graph knows all includes, a
///   header that came, went or lies in no part is nothing, unless its name could be that of data;
/// - CMake code that configuring does not read, and sources around it, in a part: of its opaque
///   tests those that something names them or a directory to, or that run CMake;
/// - a source that nothing compiles, a file of another language, in no part: nothing, if nothing
/// says
///   its name, its language's tools or a directory around it (`unnamed_files`), instead of a
///   fallback;
/// - a file without edges that is no code, and was renamed within its directory, with its extension
///   and without an edit: what its other name affects instead of a fallback;
/// - one that an input of a tool mentions, which finds the rest of its inputs by itself and has not
///   told them yet: that tool instead of a fallback, and all that other rules say;
/// - a file without edges in a submodule some of whose files have edges: what those affect instead
///   of a fallback;
/// - what differs since the recording only, and not between base and head: by edges and names,
/// since
///   header lists may be of another state, not by rules.
/// The settings may turn the named rules around. Their own rules add tests to what a file affects;
/// what they decide holds instead of the last point, never instead of an edge.
/// Setups, cleanups and DEPENDS of what is selected come along.
Selection select_affected(const Graph& graph, const Change& change, const SelectionRules& rules);

} // namespace winnow::select
