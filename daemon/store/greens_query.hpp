// Where tests were green last, as rows of the database.
#pragma once

#include "analyzer/model/greens.hpp"
#include "daemon/store/database.hpp"

#include <string>

namespace winnow::store {

/// Of the tests of this project and configuration.
Greens greens_in(Connection& connection, const std::string& project,
                 const std::string& configuration, GreensOf which);

} // namespace winnow::store
