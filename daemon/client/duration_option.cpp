// Refuses what is no duration.
#include "daemon/client/duration_option.hpp"

#include "analyzer/model/duration.hpp"

#include <fmt/format.h>

#include <optional>

namespace winnow::client {

Result<double> seconds_of(const std::string& text)
{
  const std::optional<double> seconds = seconds_in(text);
  if (!seconds) {
    return user_error(fmt::format("'{}' is no duration; write 500ms, 90s, 10m or 1.5h", text));
  }
  return *seconds;
}

} // namespace winnow::client
