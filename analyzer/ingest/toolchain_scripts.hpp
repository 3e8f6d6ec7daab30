// The scripts of a toolchain, of which CMake takes some settings into fresh build trees only.
#pragma once

#include "analyzer/ingest/build_tree.hpp"

#include <string>
#include <vector>

namespace winnow::ingest {

/// Patterns of graph paths: the toolchain file of the tree and what it includes, by the text of
/// its scripts, where that lies below the source root. What it sets as `CMAKE_<LANG>_FLAGS_INIT`
/// and the like reaches the cache when a tree is first configured, and never again.
std::vector<std::string> toolchain_scripts(const BuildTree& tree);

} // namespace winnow::ingest
