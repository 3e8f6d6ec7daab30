// History for who only asks: read beside the daemon, without opening the store.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/flakiness.hpp"
#include "analyzer/model/greens.hpp"
#include "analyzer/model/history.hpp"
#include "analyzer/model/measured_attempts.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace winnow::store {

/// Of the tests of this project and configuration, from `<directory>/winnow.db`, which is neither
/// created nor changed nor checked as a whole (one of an older Winnow alone is brought up to date
/// first). Without a database nothing is known. A data error: it is damaged.
Result<History> stored_history(const std::string& directory, const std::string& project,
                               const std::string& configuration);

/// The same of all attempts that are kept.
Result<ProjectHistory> stored_attempts(const std::string& directory, const std::string& project,
                                       const std::string& configuration);

/// The same of where they were green last.
Result<Greens> stored_greens(const std::string& directory, const std::string& project,
                             const std::string& configuration, GreensOf which);

/// The same of how often they were flaky, in the newest `runs` runs or in all that are kept.
Result<Flakiness> stored_flakiness(const std::string& directory, const std::string& project,
                                   const std::string& configuration,
                                   std::optional<std::uint32_t> runs);

} // namespace winnow::store
