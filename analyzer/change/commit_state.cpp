// Reads git's listing of a tree.
#include "analyzer/change/commit_state.hpp"

#include "analyzer/change/git_command.hpp"
#include "analyzer/change/repository_paths.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace winnow::change {

Result<SourceState> state_of_commit(const Repository& repository, const Roots& roots,
                                    const std::string& commit)
{
  const auto listing = git_output(repository.top, {"ls-tree", "-r", "-z", "--full-tree", commit});
  return listing ? state_in_listing(*listing, repository, roots, commit)
                 : Result<SourceState>(listing.error());
}

Result<SourceState> state_in_listing(std::string_view listing, const Repository& repository,
                                     const Roots& roots, const std::string& commit)
{
  std::vector<FileVersion> files;
  std::vector<FileVersion> submodules;
  for (const std::string_view line : split_at_nul(listing)) {
    const std::size_t tab = line.find('\t');
    const std::size_t space = line.substr(0, tab).rfind(' ');
    if (tab == std::string_view::npos || space == std::string_view::npos) {
      return data_error(fmt::format("git listed a file in a form that is none: '{}'", line));
    }
    const auto path = graph_path(roots, repository, line.substr(tab + 1));
    if (path) {
      const auto hash = ContentHash::from_hex(line.substr(space + 1, tab - space - 1));
      const bool submodule = line.starts_with("160000 commit ");
      (submodule ? submodules : files).push_back({*path, hash.value_or(ContentHash{})});
    }
  }
  return SourceState{commit, FileListing(std::move(files)), FileListing(std::move(submodules))};
}

} // namespace winnow::change
