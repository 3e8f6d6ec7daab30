// Looks at a process group from outside: who of it still lives, and what it is.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace winnow::execute {

/// Whether no process, not even a zombie, is in the group. One system call.
bool group_is_empty(pid_t group);

/// The living processes of the group that `leader` (already dead) led; zombies do not count.
/// While a member lives the kernel gives the number to nobody else, so a living process that has
/// the number as its own pid shows that the group is gone and its number was given away: then none.
/// Reads all of /proc: for the rare case that something is left.
std::vector<pid_t> living_members(pid_t group);

/// The arguments of a process joined by spaces on one line, at most a few hundred bytes; its name
/// in brackets if it has none, "" if it is gone.
std::string command_line(pid_t pid);

/// Sends SIGKILL to `pid` only if it is (still) a living member of the group, through a pidfd.
void kill_member(pid_t pid, pid_t group);

} // namespace winnow::execute
