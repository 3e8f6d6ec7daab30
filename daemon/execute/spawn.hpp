// Starts a program: posix_spawn in a session of its own, with everything of the daemon left behind.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/execute/process.hpp"

#include <sys/types.h>

namespace winnow::execute {

/// The pid of the started program: leader of a new session and group, stdin /dev/null, no other
/// descriptor of ours, default signals. The caller reaps it.
/// Changes the umask and the affinity of this process for a moment: only for processes with one
/// thread. posix_spawn and not fork: fork copies page tables, 68 ms for a parent of 1 GB.
Result<pid_t> spawn(const ProcessSpec& spec);

} // namespace winnow::execute
