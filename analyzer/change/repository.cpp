// Asks git, or looks for what it would find.
#include "analyzer/change/repository.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

namespace winnow::change {

std::vector<std::string> repository_question(const std::string& source_root)
{
  return {"-C",           source_root, "rev-parse", "--is-shallow-repository", "--show-toplevel",
          "--show-prefix"};
}

Result<Repository> repository_in(const Result<GitOutput>& answer, const std::string& source_root)
{
  if (!answer) {
    return answer.error();
  }
  if (answer->exit_code != 0) {
    if (answer->err.find("not a git repository") != std::string::npos) {
      return user_error(fmt::format("{} is not in a git repository; name the changed files with "
                                    "--files",
                                    source_root));
    }
    return environment_error(fmt::format("git refuses {}: {}", source_root, answer->err));
  }
  // Three lines; a directory name may hold newlines, but not at both places at once.
  const std::string_view lines = without_newline(answer->out);
  const std::size_t first = lines.find('\n');
  const std::size_t last = lines.rfind('\n');
  if (first == std::string_view::npos || last == first) {
    return environment_error(fmt::format("git says nothing usable about {}", source_root));
  }
  return Repository{std::string(lines.substr(first + 1, last - first - 1)),
                    std::string(lines.substr(last + 1)), lines.substr(0, first) == "true"};
}

Result<Repository> find_repository(const std::string& source_root)
{
  return repository_in(run_git(source_root, repository_question(source_root)), source_root);
}

Repository likely_repository(const std::string& source_root)
{
  std::error_code failure;
  const std::filesystem::path source = std::filesystem::canonical(source_root, failure);
  for (std::filesystem::path top = source; !failure && top != top.root_path();
       top = top.parent_path()) {
    if (std::filesystem::exists(top / ".git", failure)) {
      const std::string prefix = source.string().substr(top.string().size());
      return {top.string(), prefix.empty() ? "" : prefix.substr(1) + "/", false};
    }
  }
  return {source_root, "", false};
}

} // namespace winnow::change
