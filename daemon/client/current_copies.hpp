// Whether data that the build stages is what its sources say now.
#pragma once

#include "analyzer/model/graph.hpp"
#include "daemon/client/build_context.hpp"

#include <span>

namespace winnow::client {

/// Whether the command that makes each of the files surely ran after the last change of whatever it
/// works from, also through other commands. Ninja is not asked: what it always runs it says nothing
/// of. When a command ran that leaves no file, builds by winnow note, and ninja's log tells: before
/// version 1.12 only that it ended after another was made.
bool are_current(const BuildContext& context, std::span<const FileId> copies);

} // namespace winnow::client
