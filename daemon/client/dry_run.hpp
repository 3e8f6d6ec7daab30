// What a run would do, without running it.
#pragma once

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/exit_code.hpp"
#include "analyzer/model/run_request.hpp"
#include "daemon/client/user_daemon.hpp"

#include <vector>

namespace winnow::client {

/// Prints the tests of the request, below their chunks if it has any, and how long they are
/// predicted to take here; `listed` are all tests of the build tree.
Result<ExitCode> say_run(const RunRequest& request, const ingest::BuildTree& tree,
                         const std::vector<TestDescription>& listed, DaemonChoice daemon);

} // namespace winnow::client
