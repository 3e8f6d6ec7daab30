// Whether the compilers are still those the build tree was configured with.
#pragma once

#include "analyzer/ingest/build_tree.hpp"

#include <string>

namespace winnow::client {

/// What differs, as a fragment; "" if nothing does. Asks a compiler for its version only where its
/// file was changed after the build tree had detected it; neither ninja nor CMake would notice.
std::string compiler_difference(const ingest::BuildTree& tree);

} // namespace winnow::client
