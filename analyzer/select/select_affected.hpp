// The tests a change can affect, each with the reasons it was selected.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/history.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/model/test_description.hpp"

#include <span>

namespace winnow::select {

/// Unmapped, new and red tests run whatever changed.
enum class AlwaysSelected { included, left_out };

/// What a selection takes into account beside the graph and the change.
struct SelectionRules {
  std::span<const TestKey>
      listed_tests;                 ///< the tests of the build tree now; empty: as in the graph
  const History* history = nullptr; ///< to keep red tests selected
  AlwaysSelected always_selected = AlwaysSelected::included;
};

/// Follows every edge from what changed. What edges cannot tell, rules decide, towards selecting:
/// - a file that CMake reads while configuring: fallback;
/// - whatever may be included, where a compile step's headers are not recorded: that step;
/// - a header that appears or vanishes: every step that reads a header of its name;
/// - a file that appears in or vanishes from a directory a test is given: that test;
/// - a plugin that nobody links and no test names: the opaque tests of its part;
/// - a file without edges: nothing if a shipped rule ignores it, else the opaque tests of the part
///   it lies in; fallback where it lies in none, configures, or is a source or header that is new,
///   gone, or in a part without opaque tests.
/// Setups, cleanups and DEPENDS of what is selected come along.
Selection select_affected(const Graph& graph, const Change& change, const SelectionRules& rules);

} // namespace winnow::select
