// Compares the work tree as it was looked at with its commit.
#include "daemon/client/uncommitted_files.hpp"

#include "analyzer/change/commit_state.hpp"
#include "analyzer/change/git.hpp"
#include "analyzer/model/tested_state.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace winnow::client {
namespace {

using Contents = std::map<std::string, ContentHash>;

/// Adds what is otherwise in `now` than in `commit`.
void add_differences(const FileListing& commit, const FileListing& now, Contents& contents)
{
  FileListing::InOrder committed(commit);
  now.for_each([&](std::string_view path, const ContentHash& hash) {
    const std::optional<ContentHash> then = committed.find(path);
    if (!then || (then->known() && *then != hash)) {
      contents.emplace(path, hash);
    }
  });
  FileListing::InOrder present(now);
  commit.for_each([&](std::string_view path, const ContentHash&) {
    if (!present.find(path)) {
      contents.emplace(path, ContentHash{});
    }
  });
}

/// What git tells of a file whose content, as it was looked at, is the commit's: its mode differs,
/// or it was edited since. Where contents of commits are not known, all that differs.
ContentHash content_that_git_tells(const BuildContext& context, const SourceState& commit,
                                   const std::string& path)
{
  const std::optional<ContentHash> now = context.work_tree.sources.files.find(path);
  const std::optional<ContentHash> committed = commit.files.find(path);
  if (now && committed) {
    return committed->known() ? untold_content() : *now;
  }
  return hash_file(context.tree.roots.absolute(path));
}

} // namespace

Result<std::vector<FileVersion>> uncommitted_files(const BuildContext& context)
{
  const SourceState& sources = context.work_tree.sources;
  if (context.work_tree.repository.has_error() || sources.commit.empty()) {
    return std::vector<FileVersion>();
  }
  const Result<SourceState> commit =
      change::state_of_commit(*context.work_tree.repository, context.tree.roots, sources.commit);
  if (commit.has_error()) {
    return commit.error();
  }
  const Result<Change> change = change::change_since(context.work_tree, context.tree.roots,
                                                     {change::Base::Kind::exactly, sources.commit});
  if (change.has_error()) {
    return change.error();
  }
  Contents contents;
  add_differences(commit->files, sources.files, contents);
  Contents submodules;
  add_differences(commit->submodules, sources.submodules, submodules);
  for (const auto& [path, at] : submodules) {
    contents.insert_or_assign(path, ContentHash{}); // what is in it is not told
  }
  for (const ChangedFile& file : change->files) {
    for (const std::string& path : {file.path, file.old_path}) {
      if (!path.empty() && !contents.contains(path)) {
        contents.emplace(path, content_that_git_tells(context, *commit, path));
      }
    }
  }
  std::vector<FileVersion> files;
  std::ranges::transform(contents, std::back_inserter(files), [](const auto& file) {
    return FileVersion{file.first, file.second};
  });
  return files;
}

} // namespace winnow::client
