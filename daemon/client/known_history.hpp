// What past runs measured, asked of the daemon.
#pragma once

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/model/history.hpp"
#include "daemon/client/user_daemon.hpp"

namespace winnow::client {

/// Of the tests of this project and configuration. A daemon that runs is asked; otherwise the
/// database is read in this process: a question starts no daemon, and does nothing that a starting
/// one does. What cannot be read is said on standard error, and nothing is known then.
History known_history(const ingest::BuildTree& tree, DaemonChoice choice);

} // namespace winnow::client
