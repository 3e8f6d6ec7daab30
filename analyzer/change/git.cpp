// Joins git's diff against the base with the untracked files.
#include "analyzer/change/git.hpp"

#include "analyzer/change/differences.hpp"
#include "analyzer/change/moved_files.hpp"
#include "analyzer/change/repository_paths.hpp"
#include "analyzer/change/work_tree_diff.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>

namespace winnow::change {
namespace {

/// Adds a file in terms of graph paths. A rename from or to the build tree is half a change.
void add(std::vector<ChangedFile>& files, const Roots& roots, const Repository& repository,
         const ChangedFile& file)
{
  const auto path = graph_path(roots, repository, file.path);
  if (file.status != ChangeStatus::renamed) {
    if (path) {
      files.push_back({*path, file.status, {}});
    }
    return;
  }
  const auto old_path = graph_path(roots, repository, file.old_path);
  if (path && old_path) {
    files.push_back({*path, ChangeStatus::renamed, *old_path, file.content});
  } else if (path) {
    files.push_back({*path, ChangeStatus::added, {}});
  } else if (old_path) {
    files.push_back({*old_path, ChangeStatus::deleted, {}});
  }
}

/// Whether the work tree has again what the index has no more.
bool is_taken_back(const RawSide& before, const std::string& path)
{
  return before.mode == mode_in_work_tree(path) && same_content(before.hash, hash_file(path));
}

/// What differs between a commit and the work tree, of which is known what differs between the
/// commit and the index, and between the index and the work tree. So the files of the work tree are
/// looked at once, however many commits they are compared with.
std::vector<RawChange> joined(std::vector<RawChange> staged, const std::vector<RawChange>& unstaged,
                              const std::string& top)
{
  std::map<std::string, RawChange, std::less<>> changes;
  for (RawChange& change : staged) {
    changes[change.file.path] = std::move(change);
  }
  for (const RawChange& change : unstaged) {
    const std::string& path = change.file.path;
    const auto [at, is_new] = changes.try_emplace(path, change);
    ChangedFile& file = at->second.file;
    if (is_new || file.status == ChangeStatus::deleted) {
      at->second = change;
    } else if (change.file.status == ChangeStatus::deleted) {
      if (file.status == ChangeStatus::added) {
        changes.erase(at);
      } else {
        file = {file.old_path.empty() ? path : file.old_path, ChangeStatus::deleted, {}};
      }
    } else if (file.status == ChangeStatus::renamed) {
      file.content = RenamedContent::may_differ;
    } else if (file.status == ChangeStatus::modified &&
               is_taken_back(at->second.before, top + "/" + path)) {
      changes.erase(at);
    }
  }
  std::vector<RawChange> result;
  for (auto& [path, change] : changes) {
    result.push_back(std::move(change));
  }
  return result;
}

/// HEAD was asked for along with the work tree.
Result<std::string> commit_meant_by(const WorkTree& work_tree, const Base& base)
{
  const std::string& head = work_tree.sources.commit;
  const bool is_head =
      base.kind == Base::Kind::exactly && !head.empty() && (base.ref == "HEAD" || base.ref == head);
  return is_head ? Result<std::string>(head) : base_commit(*work_tree.repository, base);
}

bool has(const std::vector<RawChange>& changes, ChangeStatus status)
{
  return std::ranges::any_of(changes,
                             [&](const RawChange& change) { return change.file.status == status; });
}

/// What the index has instead of the commit. Git is asked again only for another commit, and for
/// what may be a rename.
Result<std::vector<RawChange>> staged_since(const WorkTree& work_tree, const std::string& commit)
{
  const StagedChanges& known = work_tree.staged;
  const bool may_be_renamed =
      has(known.changes, ChangeStatus::added) && has(known.changes, ChangeStatus::deleted);
  return known.commit == commit && !may_be_renamed
             ? known.changes
             : differences(work_tree.repository->top, commit, Against::index);
}

} // namespace

void sort_and_join(std::vector<ChangedFile>& files)
{
  std::ranges::stable_sort(files, {}, &ChangedFile::path);
  std::vector<ChangedFile> joined;
  for (ChangedFile& file : files) {
    if (joined.empty() || joined.back().path != file.path) {
      joined.push_back(std::move(file));
    } else if (joined.back() != file && joined.back().status != ChangeStatus::renamed) {
      const bool renamed = file.status == ChangeStatus::renamed;
      joined.back() =
          renamed ? std::move(file) : ChangedFile{joined.back().path, ChangeStatus::modified, {}};
    }
  }
  files = std::move(joined);
}

Result<Change> change_since(const WorkTree& work_tree, const Roots& roots, const Base& base)
{
  if (!work_tree.repository) {
    return work_tree.repository.error();
  }
  const Repository& repository = *work_tree.repository;
  auto commit = commit_meant_by(work_tree, base);
  if (!commit) {
    return commit.error();
  }
  auto staged = staged_since(work_tree, *commit);
  if (!staged) {
    return staged.error();
  }
  Change change{std::move(*commit), "work tree", {}, {}};
  std::vector<RawChange> tracked = joined(std::move(*staged), work_tree.unstaged, repository.top);
  const std::vector<std::string> untracked = join_moved(tracked, work_tree, roots);
  const Differences all = with_submodules_entered(repository.top, std::move(tracked));
  for (const ChangedFile& file : all.files) {
    add(change.files, roots, repository, file);
  }
  for (const std::string& path : untracked) {
    add(change.files, roots, repository, {path, ChangeStatus::added, {}});
  }
  for (const std::string& path : work_tree.hidden) {
    add(change.files, roots, repository, {path, ChangeStatus::modified, {}});
  }
  for (const std::string& submodule : all.submodules) {
    if (auto path = graph_path(roots, repository, submodule)) {
      change.submodules.push_back(std::move(*path));
    }
  }
  std::ranges::sort(change.submodules);
  sort_and_join(change.files);
  return change;
}

Result<Change> change_of_files(const Roots& roots, const std::string& directory,
                               std::span<const std::string> files)
{
  Change change{"named files", "work tree", {}};
  for (const std::string& file : files) {
    if (file.empty()) {
      return user_error("an empty file name was given; name files relative to the current "
                        "directory");
    }
    const std::string path =
        lexically_normal(file.starts_with('/') ? file : directory + "/" + file);
    std::error_code failure;
    const bool exists = std::filesystem::symlink_status(path, failure).type() !=
                        std::filesystem::file_type::not_found;
    change.files.push_back(
        {roots.graph_path(path), exists ? ChangeStatus::modified : ChangeStatus::deleted, {}});
  }
  sort_and_join(change.files);
  return change;
}

} // namespace winnow::change
