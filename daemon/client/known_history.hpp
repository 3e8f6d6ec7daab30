// What past runs of a build tree's project measured, and what they ended with.
//
// All is of the tests of the tree's project and configuration. A daemon that runs is asked;
// otherwise the database is read in this process: a question starts no daemon, and does nothing
// that a starting one does.
#pragma once

#include "analyzer/ingest/build_tree.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/flakiness.hpp"
#include "analyzer/model/greens.hpp"
#include "analyzer/model/history.hpp"
#include "analyzer/model/measured_attempts.hpp"
#include "daemon/client/user_daemon.hpp"

#include <cstdint>
#include <optional>

namespace winnow::client {

/// What cannot be read is said on standard error, and nothing is known then.
History known_history(const ingest::BuildTree& tree, DaemonChoice choice);

/// All attempts that are kept. An error is the caller's to say.
Result<ProjectHistory> known_attempts(const ingest::BuildTree& tree, DaemonChoice choice);

/// An error is the caller's to say: what it means depends on what was asked for.
Result<Greens> known_greens(const ingest::BuildTree& tree, GreensOf which);

/// In the newest `runs` runs that are kept; unset, in all of them.
Result<Flakiness> known_flakiness(const ingest::BuildTree& tree, std::optional<std::uint32_t> runs);

} // namespace winnow::client
