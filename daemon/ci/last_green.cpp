// Turns the pages until one has a build of the history.
#include "daemon/ci/last_green.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace winnow::ci {
namespace {

constexpr int most_pages = 20;

} // namespace

Result<std::string> last_green(const Place& place, const History& history, const Ask& ask)
{
  std::string page;
  std::size_t seen = 0;
  for (int count = 0; count < most_pages; ++count) {
    const Result<BuildsPage> builds = builds_in(place, ask(builds_request(place, page)));
    if (!builds) {
      return builds.error();
    }
    for (const std::string& commit : builds->commits) {
      if (history.commits.contains(commit)) {
        return commit;
      }
    }
    seen += builds->commits.size();
    if (builds->next.empty() || builds->next == page) {
      break;
    }
    page = builds->next;
  }
  if (seen > 0 && history.shallow) {
    return environment_error(
        fmt::format("none of {} successful builds is of a commit in this clone, which is shallow; "
                    "run git fetch "
                    "--unshallow, or ask for the whole history (fetch-depth: 0)",
                    seen));
  }
  return std::string();
}

} // namespace winnow::ci
