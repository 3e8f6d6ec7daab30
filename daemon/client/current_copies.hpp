// Whether data that the build stages is what its sources say now.
#pragma once

#include "analyzer/model/graph.hpp"
#include "daemon/client/build_context.hpp"

#include <span>

namespace winnow::client {

/// Whether the command that makes each of the files surely began after the last change of whatever
/// it works from, also through other commands, and is still the same command. Ninja is not asked:
/// what it always runs it says nothing of. When a command began that leaves no file is known of
/// builds by winnow, and of others from ninja 1.12 on.
bool are_current(const BuildContext& context, std::span<const FileId> copies);

} // namespace winnow::client
