// Looks for the nearest name.
#include "daemon/client/unknown_test.hpp"

#include "analyzer/report/suggestion.hpp"

#include <fmt/format.h>

namespace winnow::client {

std::string unknown_test_text(std::string_view name, const std::vector<std::string>& known)
{
  const std::string meant = report::nearest(name, known);
  return fmt::format("no test is called {}{}; `winnow list` names them all", name,
                     meant.empty() ? "" : fmt::format(" (did you mean {}?)", meant));
}

} // namespace winnow::client
