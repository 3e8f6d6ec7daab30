// The user's daemon: found, or started on demand.
#pragma once

#include "analyzer/schedule/scheduler.hpp"
#include "daemon/client/daemon_connection.hpp"

#include <memory>
#include <string>
#include <vector>

namespace winnow::client {

/// "NAME=value" of this process.
std::vector<std::string> own_environment();

enum class StartDaemon { when_needed, never };

/// Connects to the daemon of this user and no other; with `never`, no daemon is an environment
/// error.
std::unique_ptr<DaemonAccess> user_daemon(StartDaemon start);

/// A daemon inside this process, for --no-daemon and WINNOW_DAEMON=0. Its runs end with the
/// process.
Result<std::unique_ptr<DaemonAccess>> embedded_daemon();

/// What a daemon of this user shares among all runs.
schedule::Capacity machine_of_daemon();

enum class DaemonChoice { shared, embedded };

/// The choice of the command line, unless WINNOW_DAEMON=0 asks for an embedded daemon.
DaemonChoice meant_daemon(DaemonChoice choice);

/// What --no-daemon and WINNOW_DAEMON ask for; the shared daemon is started when needed.
Result<std::unique_ptr<DaemonAccess>> chosen_daemon(DaemonChoice choice);

} // namespace winnow::client
