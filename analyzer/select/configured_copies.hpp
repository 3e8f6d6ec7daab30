// Files that configuring leaves in the build tree and that nothing is known to read.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/configuration_change.hpp"
#include "analyzer/select/rule_book.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::select {

struct ConfiguredCopy {
  std::string changed;          ///< the file that explains it best; "" where no file does
  std::string copy;             ///< graph path of what was left
  std::vector<ChainLink> chain; ///< the copy alone; nothing where base's graph has it only
};

/// Two configurations, and what is known to differ between them; all must outlive the comparison.
struct ComparedTrees {
  const Graph& base;
  const Graph& head;
  std::span<const TouchedPath> touched;
  std::span<const std::string> configured_by; ///< those of them that configuring reads
  const VolatileStamps& meaningless;
};

/// Those that tests may read and that differ: by content, where both graphs know it, or by a
/// changed file that configuring reads and that is called the same, `.in` and the like apart. CMake
/// does not copy what is about as old as its copy, nor remove a copy. None that a rule ignores
/// under its own name or that of such a file. Where no file explains it and CMake code asks git for
/// the commit, which it may write anywhere, none at all.
std::vector<ConfiguredCopy> configured_copies(const ComparedTrees& compared,
                                              const CMakeExplanation& explanation, RuleBook& rules);

} // namespace winnow::select
