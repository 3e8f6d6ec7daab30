// Starts a program in a session of its own, with everything of the daemon left behind.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/execute/process.hpp"

#include <sys/types.h>

namespace winnow::execute {

/// The pid of the started program: leader of a new session and group, stdin /dev/null, no other
/// descriptor of ours, default signals, and more willing than we are to be ended when memory runs
/// out (so are its children). The caller reaps it.
/// The child borrows our memory until it has become the program (vfork). Rejected: fork, which
/// copies page tables, 68 ms for a parent of 1 GB; posix_spawn, which has no word for umask, cpus
/// and oom_score_adj: the first two would have to be changed here for a moment, and a program could
/// have children before it is told the last.
Result<pid_t> spawn(const ProcessSpec& spec);

} // namespace winnow::execute
