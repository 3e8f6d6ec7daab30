// Compares the work tree as it was looked at with its commit.
#include "daemon/client/uncommitted_files.hpp"

#include "analyzer/change/commit_state.hpp"
#include "analyzer/change/git.hpp"
#include "analyzer/model/tested_state.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>

namespace winnow::client {
namespace {

using Contents = std::map<std::string, ContentHash>;

const FileVersion* find(const std::vector<FileVersion>& files, const std::string& path)
{
  const auto at = std::ranges::lower_bound(files, path, {}, &FileVersion::path);
  return at != files.end() && at->path == path ? &*at : nullptr;
}

/// Adds what is otherwise in `now` than in `commit`; both are sorted by path.
void add_differences(const std::vector<FileVersion>& commit, const std::vector<FileVersion>& now,
                     Contents& contents)
{
  for (const FileVersion& file : now) {
    const FileVersion* committed = find(commit, file.path);
    if (committed == nullptr || (committed->hash.known() && committed->hash != file.hash)) {
      contents.emplace(file.path, file.hash);
    }
  }
  for (const FileVersion& file : commit) {
    if (find(now, file.path) == nullptr) {
      contents.emplace(file.path, ContentHash{});
    }
  }
}

/// What git tells of a file whose content, as it was looked at, is the commit's: its mode differs,
/// or it was edited since. Where contents of commits are not known, all that differs.
ContentHash content_that_git_tells(const BuildContext& context, const SourceState& commit,
                                   const std::string& path)
{
  const FileVersion* now = find(context.work_tree.sources.files, path);
  const FileVersion* committed = find(commit.files, path);
  if (now != nullptr && committed != nullptr) {
    return committed->hash.known() ? untold_content() : now->hash;
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
