// Ends what still runs of a run whose daemon has died.
#pragma once

#include <string>
#include <vector>

namespace winnow::execute {

/// Kills every process of the run, and returns when they are gone (within some seconds), with the
/// command lines of what had to be ended. `output_path` is that of the run's output log.
///
/// A process belongs to the run if it carries a mark that only the run's tests can have: the run's
/// WINNOW_RUN_ID in its environment, or a nameless file beside the output log as its standard
/// output or error; and so do the descendants of such a process, wherever they moved themselves.
/// Rejected: pids, groups or sessions written down when a test starts. Once the daemon is dead
/// nobody keeps their numbers from being given to others, and a session whose leader has gone does
/// not tell when it began. A mark is looked for on the living process, so a reused number has none.
/// What gave up environment, output and parent cannot be found: then this is best effort.
std::vector<std::string> end_processes_of_run(const std::string& run_id,
                                              const std::string& output_path);

} // namespace winnow::execute
