// Whether a graph still describes its build tree.
#pragma once

#include "analyzer/ingest/build_tree.hpp"

#include <string>

namespace winnow::ingest {

/// Differs as soon as the tree was configured or built again since: a handful of stat calls on the
/// files that every configuration (build.ninja, export.json) or every step (.ninja_log,
/// .ninja_deps) rewrites. Taken before a recording reads, it errs only towards recording once more.
std::string current_build_stamp(const BuildTree& tree);

} // namespace winnow::ingest
