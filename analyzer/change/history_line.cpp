// Asks git for ancestors.
#include "analyzer/change/history_line.hpp"

#include "analyzer/change/git_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace winnow::change {

std::string current_branch(const Repository& repository)
{
  const Result<GitOutput> answer =
      run_git(repository.top, {"symbolic-ref", "--quiet", "--short", "HEAD"});
  return answer && answer->exit_code == 0 ? std::string(without_newline(answer->out)) : "";
}

Result<std::vector<std::string>> newest_commits(const Repository& repository,
                                                const std::string& commit, std::size_t limit)
{
  const auto listing =
      git_output(repository.top, {"rev-list", fmt::format("--max-count={}", limit), commit, "--"});
  if (!listing) {
    return listing.error();
  }
  std::vector<std::string> commits;
  for (std::string_view rest = *listing; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    commits.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return commits;
}

} // namespace winnow::change
