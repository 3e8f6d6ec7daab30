// Configures base as the user configured the build tree.
#pragma once

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/model/change.hpp"
#include "analyzer/model/error.hpp"
#include "daemon/client/scratch_tree.hpp"

namespace winnow::client {

/// Runs CMake for the scratch tree with the generator and the settings of `original` that its user
/// gave. A cache does not tell those from what a project declares by itself, whose defaults the
/// change may be about. So base is first configured without them; where its cache differs from the
/// original's, the work tree is configured aside in the same way, and what differs there too was
/// given. An environment error names the log of CMake.
Result<ingest::BuildTree> configure_base(const ingest::BuildTree& original,
                                         const ScratchTree& scratch, const SourceState& base);

} // namespace winnow::client
