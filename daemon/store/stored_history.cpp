// Opens the database for reading only.
#include "daemon/store/stored_history.hpp"

#include "daemon/store/database.hpp"
#include "daemon/store/flaky_query.hpp"
#include "daemon/store/greens_query.hpp"
#include "daemon/store/history_query.hpp"
#include "daemon/store/schema.hpp"

namespace winnow::store {

Result<History> stored_history(const std::string& directory, const std::string& project,
                               const std::string& configuration)
{
  try {
    std::optional<Connection> connection = open_to_read(directory);
    return connection ? history_in(*connection, project, configuration) : History{};
  } catch (const DatabaseFailure& failure) {
    return failure.as_error();
  }
}

Result<ProjectHistory> stored_attempts(const std::string& directory, const std::string& project,
                                       const std::string& configuration)
{
  try {
    std::optional<Connection> connection = open_to_read(directory);
    return connection ? attempts_in(*connection, project, configuration)
                      : ProjectHistory{project, configuration, {}};
  } catch (const DatabaseFailure& failure) {
    return failure.as_error();
  }
}

Result<Greens> stored_greens(const std::string& directory, const std::string& project,
                             const std::string& configuration, GreensOf which)
{
  try {
    std::optional<Connection> connection = open_to_read(directory);
    return connection ? greens_in(*connection, project, configuration, which) : Greens{};
  } catch (const DatabaseFailure& failure) {
    return failure.as_error();
  }
}

Result<Flakiness> stored_flakiness(const std::string& directory, const std::string& project,
                                   const std::string& configuration,
                                   std::optional<std::uint32_t> runs)
{
  try {
    std::optional<Connection> connection = open_to_read(directory);
    return connection ? flakiness_in(*connection, project, configuration, runs) : Flakiness{};
  } catch (const DatabaseFailure& failure) {
    return failure.as_error();
  }
}

} // namespace winnow::store
