// Compares the recorded contents, and takes git's word for all other files.
#include "analyzer/select/change_since_state.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace winnow::select {
namespace {

ContentHash content_in(const SourceState& state, const std::string& path)
{
  return state.files.find(path).value_or(ContentHash{});
}

bool lists(std::span<const FileVersion> files, const std::string& path)
{
  return std::ranges::binary_search(files, path, {}, &FileVersion::path);
}

ChangeStatus status_of(const ContentHash& then, const ContentHash& now)
{
  if (!then.known()) {
    return ChangeStatus::added;
  }
  return now.known() ? ChangeStatus::modified : ChangeStatus::deleted;
}

} // namespace

std::vector<ChangedFile> change_since_state(const std::vector<ChangedFile>& since_commit,
                                            const BesideCommit& then, const SourceState& now,
                                            std::span<const std::string> beside_git)
{
  std::map<std::string, ChangedFile> changed;
  for (const ChangedFile& file : since_commit) {
    if (file.status == ChangeStatus::renamed) {
      changed[file.old_path] = {file.old_path, ChangeStatus::deleted, {}};
      changed[file.path] = {file.path, ChangeStatus::added, {}};
    } else {
      changed[file.path] = file;
    }
  }
  for (const std::span<const FileVersion> recorded : {then.uncommitted, then.beside_git}) {
    for (const FileVersion& file : recorded) {
      const ContentHash present = content_in(now, file.path);
      changed.erase(file.path);
      if (present != file.hash) {
        changed[file.path] = {file.path, status_of(file.hash, present), {}};
      }
    }
  }
  for (const std::string& path : beside_git) {
    if (content_in(now, path).known() && !lists(then.uncommitted, path) &&
        !lists(then.beside_git, path)) {
      // Git may say that it is gone, which tracked it then.
      const bool was_there = changed.contains(path);
      changed[path] = {path, was_there ? ChangeStatus::modified : ChangeStatus::added, {}};
    }
  }
  std::vector<ChangedFile> files;
  for (auto& [path, file] : changed) {
    files.push_back(std::move(file));
  }
  return files;
}

} // namespace winnow::select
