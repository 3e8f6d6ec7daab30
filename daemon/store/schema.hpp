// Opens the database file: creates its tables, brings older ones up to date, sets a damaged one
// aside.
#pragma once

#include "daemon/store/database.hpp"

#include <optional>
#include <string>

namespace winnow::store {

struct OpenedDatabase {
  Connection connection;
  std::string notice; ///< what the user should hear of; "" if nothing
};

/// Throws DatabaseFailure for what cannot be mended. Processes that open at the same moment take
/// turns, so that only one of them sets a damaged file aside.
OpenedDatabase open_database(const std::string& directory);

/// One more connection to a database that is open. It leaves the WAL as it is: whoever has it says
/// when to sync. Throws DatabaseFailure.
Connection open_again(const std::string& directory);

/// For reading alone, as it is; nothing where there is no database or an empty one. One of an older
/// version is opened as above. Throws DatabaseFailure.
std::optional<Connection> open_to_read(const std::string& directory);

} // namespace winnow::store
