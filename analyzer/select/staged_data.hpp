// Data that the build or configuring puts into the build tree, for tests to find by themselves.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/rule_book.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::select {

/// Whether a custom command that ninja runs by default makes the file, and nothing is known to use
/// what that command makes: no other step but for people to ask for, and no test, unless it is only
/// given a directory around it.
bool is_staged(const Graph& graph, NodeId file);

struct StagedData {
  std::string_view changed;     ///< the file it comes from
  NodeId copy;                  ///< what is made of it, whatever that is
  std::vector<ChainLink> chain; ///< from the one to the other; empty where configuring makes it
};

/// What is staged of changed files that tests might read and no rule ignores. Of what configuring
/// reads that are files it left in the build tree, that nothing is known to read, and that are
/// called like the changed one, `.in` and the like apart.
std::vector<StagedData> staged_data(const Graph& graph, std::span<const TouchedPath> touched,
                                    std::span<const std::string> configured_by, RuleBook& rules);

/// Files that configuring left in both build trees with other contents, and that nothing is known
/// to read. Of the head graph.
std::vector<NodeId> unread_configured_files(const Graph& base, const Graph& head);

} // namespace winnow::select
