// History that another machine has measured.
#pragma once

#include "analyzer/model/history_merge.hpp"
#include "daemon/store/database.hpp"

#include <cstdint>

namespace winnow::store {

/// Joins it with what is kept of these tests, inside the caller's transaction, but for attempts
/// without a time, of which nobody could tell whether they are there already. Neither what a test
/// ended with last nor where it stands changes: those are of this machine's build trees.
HistoryMerge take_in(Connection& connection, const ProjectHistory& history, std::int64_t now_us);

} // namespace winnow::store
