// The tests that depend on a target.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/select/ruled_targets.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace winnow::select {

/// A target whose dependents are asked for, and what no edge of the graph tells of it.
struct AskedTarget {
  TargetId target;
  std::vector<std::string> headers; ///< graph paths that it declares, as in header sets
  std::vector<TargetId> users;      ///< that link it, also through others
  /// Names of tests of its own, each with the directory ("" for the root) it is defined in or
  /// below.
  std::vector<std::pair<std::string, std::string>> own_tests;
};

enum class OwnTests { included, left_out };

struct DependentsQuery {
  std::span<const AskedTarget> targets;
  OwnTests own = OwnTests::included;
};

/// Whether it can be told which tests are the target's own: those of the directory that defines it
/// and those below, as far as no other library is nearer; at the root, where any test may be of
/// another target, only those that are named.
bool knows_own_tests(const Graph& graph, const AskedTarget& asked);

/// Whether the graph knows anything that the target makes or declares, or that links it: else that
/// no test depends on it says nothing.
bool knows_uses(const Graph& graph, const AskedTarget& asked);

/// Adds to `selection`, whatever it holds, the tests that
/// - are made of, run or read what one of the targets is compiled or linked to, or what a target
///   that links it is;
/// - read one of its headers: a declared one, or one that lies in its directory or below, as far as
///   no other library is nearer, and not one that only another library of its directory reads;
/// - may load it, being opaque tests of its part, where it is a plugin that nobody links;
/// - run nobody knows what.
/// Their setups, cleanups and DEPENDS come along.
Selection with_dependents(const Graph& graph, Selection selection, const DependentsQuery& query,
                          const ProjectRules& project);

/// What of `affected` is also in `dependents`, which with_dependents() gave, with what must come
/// along: a test that may have come to depend on a target counts as one that does.
Selection among_dependents(const Graph& graph, Selection affected, const Selection& dependents,
                           const ProjectRules& project);

} // namespace winnow::select
