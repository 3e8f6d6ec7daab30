// What past runs measured, as rows of the database.
#pragma once

#include "analyzer/model/history.hpp"
#include "analyzer/model/measured_attempts.hpp"
#include "daemon/store/database.hpp"

#include <string>

namespace winnow::store {

/// Of the tests of this project and configuration.
History history_in(Connection& connection, const std::string& project,
                   const std::string& configuration);

/// All that is kept of them, of tests of which something is.
ProjectHistory attempts_in(Connection& connection, const std::string& project,
                           const std::string& configuration);

} // namespace winnow::store
