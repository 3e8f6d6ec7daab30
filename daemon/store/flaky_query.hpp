// The tests that failed and passed at one state of the sources, from the results that are kept.
#pragma once

#include "analyzer/model/flakiness.hpp"
#include "daemon/store/database.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace winnow::store {

/// Of the newest `runs` runs of this project and configuration; unset, of all that are kept.
Flakiness flakiness_in(Connection& connection, const std::string& project,
                       const std::string& configuration, std::optional<std::uint32_t> runs);

} // namespace winnow::store
