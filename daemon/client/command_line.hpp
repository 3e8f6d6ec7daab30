// The frame of the `winnow` command: verbs, help, exit codes.
#pragma once

namespace winnow::client {

/// Parses and carries out one command line; prints errors after "winnow: " on standard error.
/// Returns the exit code of the process. Throws only on defects.
int run_command_line(int argc, char** argv);

} // namespace winnow::client
