// Changed data, and what becomes of it that no test is known to read.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/rule_book.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace winnow::select {

struct StagedData {
  std::string_view changed;     ///< the file it comes from
  NodeId copy;                  ///< what is made of it, whatever that is
  std::vector<ChainLink> chain; ///< to the copy: from the file, or from one beside a file that is
                                ///< new
};

/// What the build stages of changed files that no rule ignores: of data whatever is made of it, of
/// other files a copy of that name; of a file that came or went what a command makes that reads all
/// there is in the nearest directory; and the programs without a test whose link commands name
/// data, which they may copy. Each for each directory with files that it comes from.
std::vector<StagedData> staged_data(const Graph& graph, std::span<const TouchedPath> touched,
                                    RuleBook& rules);

} // namespace winnow::select
