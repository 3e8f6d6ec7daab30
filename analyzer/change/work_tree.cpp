// Overlays git's index with the files that differ from it.
#include "analyzer/change/work_tree.hpp"

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

/// Git lists an index in order, so most often there is nothing to sort.
void sort_by_path(SourceState& state)
{
  if (!std::ranges::is_sorted(state.files, {}, &FileVersion::path)) {
    std::ranges::stable_sort(state.files, {}, &FileVersion::path);
  }
  const auto repeated = std::ranges::unique(state.files, {}, &FileVersion::path);
  state.files.erase(repeated.begin(), repeated.end());
  std::ranges::sort(state.submodules, {}, &FileVersion::path);
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
  std::string head;   ///< "" before the first commit
  std::string branch; ///< "" where HEAD is detached
  std::string index;
  std::string modified;
  std::string untracked;
};

/// The questions do not depend on each other, so git answers them side by side.
Result<Listings> list_files(const Repository& repository)
{
  const std::vector<std::string> questions[] = {
      {"rev-parse", "--verify", "--quiet", "HEAD^{commit}"},
      {"ls-files", "--stage", "-z"},
      {"diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-relative", "--"},
      {"ls-files", "--others", "--exclude-standard", "-z"},
      {"symbolic-ref", "--quiet", "--short", "HEAD"}, // fails where it is detached
  };
  std::vector<Result<GitOutput>> answers = run_git_together(repository.top, questions);
  Listings listings;
  if (answers[0] && answers[0]->exit_code == 0) {
    listings.head = without_newline(answers[0]->out);
  }
  if (answers[4] && answers[4]->exit_code == 0) {
    listings.branch = without_newline(answers[4]->out);
  }
  std::string* const outputs[] = {nullptr, &listings.index, &listings.modified,
                                  &listings.untracked};
  for (std::size_t i = 1; i < std::size(outputs); ++i) {
    Result<std::string> output =
        expected_output(repository.top, questions[i], std::move(answers[i]));
    if (!output) {
      return output.error();
    }
    *outputs[i] = std::move(*output);
  }
  return listings;
}

/// Adds the files of the index: by git's own content hash where the work tree has that content.
Result<void> add_tracked(SourceState& state, const Roots& roots, const Repository& repository,
                         const Listings& listings)
{
  const auto modified_paths = split_at_nul(listings.modified);
  const std::unordered_set<std::string_view> modified(modified_paths.begin(), modified_paths.end());
  for (const std::string_view line : split_at_nul(listings.index)) {
    const auto entry = read_index_entry(line);
    if (!entry) {
      return entry.error();
    }
    const auto path = graph_path(roots, repository, entry->path);
    if (!path) {
      continue;
    }
    const auto hash = ContentHash::from_hex(entry->id);
    if (entry->mode == submodule_mode) {
      const bool edited = modified.contains(entry->path);
      state.submodules.push_back({*path, edited ? ContentHash{} : hash.value_or(ContentHash{})});
      continue;
    }
    if (hash && !modified.contains(entry->path)) {
      state.files.push_back({*path, *hash});
    } else {
      add_as_it_is(state, roots, *path);
    }
  }
  return {};
}

} // namespace

Result<WorkTree> look_at_work_tree(const Roots& roots)
{
  WorkTree work_tree{{}, {}, {}, find_repository(roots.source)};
  if (!work_tree.repository) {
    return work_tree;
  }
  const Repository& repository = *work_tree.repository;
  const Result<Listings> listings = list_files(repository);
  if (!listings) {
    return listings.error();
  }
  SourceState& state = work_tree.sources;
  state.commit = listings->head;
  work_tree.branch = listings->branch;
  if (const Result<void> added = add_tracked(state, roots, repository, *listings); !added) {
    return added.error();
  }
  for (const std::string_view untracked : split_at_nul(listings->untracked)) {
    work_tree.untracked.emplace_back(untracked);
    if (const auto path = graph_path(roots, repository, untracked)) {
      add_as_it_is(state, roots, *path);
    }
  }
  sort_by_path(state);
  return work_tree;
}

SourceState with_contents_of(SourceState state, const Roots& roots,
                             std::span<const std::string> graph_paths)
{
  std::vector<FileVersion> others;
  for (const std::string& path : graph_paths) {
    if (!std::ranges::binary_search(state.files, path, {}, &FileVersion::path)) {
      const std::string absolute = roots.absolute(path);
      others.push_back({path, hash_file_without_roots(absolute, roots)});
    }
  }
  std::ranges::sort(others, {}, &FileVersion::path);
  const auto repeated = std::ranges::unique(others, {}, &FileVersion::path);
  others.erase(repeated.begin(), repeated.end());
  const auto listed = static_cast<std::ptrdiff_t>(state.files.size());
  state.files.insert(state.files.end(), others.begin(), others.end());
  std::ranges::inplace_merge(state.files, state.files.begin() + listed, {}, &FileVersion::path);
  return state;
}

} // namespace winnow::change
