// Overlays git's index with the files that differ from it.
#include "analyzer/change/source_state.hpp"

#include "analyzer/change/base_commit.hpp"
#include "analyzer/change/git_command.hpp"
#include "analyzer/change/repository_paths.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace winnow::change {
namespace {

constexpr std::string_view submodule_mode = "160000";

bool exists(const std::string& path)
{
  struct stat status {};

  return ::lstat(path.c_str(), &status) == 0;
}

/// One line of `git ls-files --stage`: `mode id stage TAB path`.
struct IndexEntry {
  std::string_view mode;
  std::string_view id;
  std::string_view path;
};

Result<IndexEntry> read_index_entry(std::string_view line)
{
  const std::size_t first = line.find(' ');
  const std::size_t second = line.find(' ', first + 1);
  const std::size_t tab = line.find('\t');
  if (first == std::string_view::npos || second == std::string_view::npos ||
      tab == std::string_view::npos || second > tab) {
    return data_error(fmt::format("git listed a file in a form that is none: '{}'", line));
  }
  return IndexEntry{line.substr(0, first), line.substr(first + 1, second - first - 1),
                    line.substr(tab + 1)};
}

void sort_by_path(SourceState& state)
{
  std::ranges::stable_sort(state.files, {}, &FileVersion::path);
  const auto repeated = std::ranges::unique(state.files, {}, &FileVersion::path);
  state.files.erase(repeated.begin(), repeated.end());
}

/// Adds the file as it is in the work tree now, if it is there.
void add_as_it_is(SourceState& state, const Roots& roots, const std::string& path)
{
  const std::string absolute = roots.absolute(path);
  if (exists(absolute)) {
    state.files.push_back({path, hash_file(absolute)});
  }
}

/// What HEAD, the index and the work tree have to say, as git prints it.
struct Listings {
  std::string index;
  std::string modified;
  std::string untracked;
};

Result<Listings> list_files(const Repository& repository)
{
  Listings listings;
  const std::pair<std::string*, std::vector<std::string>> commands[] = {
      {&listings.index, {"ls-files", "--stage", "-z"}},
      {&listings.modified,
       {"diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-relative", "--"}},
      {&listings.untracked, {"ls-files", "--others", "--exclude-standard", "-z"}},
  };
  for (const auto& [output, arguments] : commands) {
    auto result = git_output(repository.top, arguments);
    if (!result) {
      return result.error();
    }
    *output = std::move(*result);
  }
  return listings;
}

} // namespace

Result<SourceState> source_state(const Roots& roots)
{
  const auto repository = find_repository(roots.source);
  if (!repository) {
    return repository.error();
  }
  const auto listings = list_files(*repository);
  if (!listings) {
    return listings.error();
  }
  SourceState state;
  if (const auto head = commit_of(*repository, "HEAD")) {
    state.commit = *head;
  }
  const auto modified_paths = split_at_nul(listings->modified);
  const std::unordered_set<std::string_view> modified(modified_paths.begin(), modified_paths.end());
  for (const std::string_view line : split_at_nul(listings->index)) {
    const auto entry = read_index_entry(line);
    if (!entry) {
      return entry.error();
    }
    const auto path = graph_path(roots, *repository, entry->path);
    if (!path || entry->mode == submodule_mode) {
      continue;
    }
    const auto hash = ContentHash::from_hex(entry->id);
    if (hash && !modified.contains(entry->path)) {
      state.files.push_back({*path, *hash});
    } else {
      add_as_it_is(state, roots, *path);
    }
  }
  for (const std::string_view untracked : split_at_nul(listings->untracked)) {
    if (const auto path = graph_path(roots, *repository, untracked)) {
      add_as_it_is(state, roots, *path);
    }
  }
  sort_by_path(state);
  return state;
}

SourceState with_contents_of(SourceState state, const Roots& roots,
                             std::span<const std::string> graph_paths)
{
  std::vector<FileVersion> others;
  for (const std::string& path : graph_paths) {
    if (!std::ranges::binary_search(state.files, path, {}, &FileVersion::path)) {
      others.push_back({path, hash_file(roots.absolute(path))});
    }
  }
  state.files.insert(state.files.end(), others.begin(), others.end());
  sort_by_path(state);
  return state;
}

} // namespace winnow::change
