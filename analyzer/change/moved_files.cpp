// Pairs by content.
#include "analyzer/change/moved_files.hpp"

#include "analyzer/change/repository_paths.hpp"

#include <algorithm>
#include <map>

namespace winnow::change {
namespace {

/// The ends of what may be a rename: one of each kind is.
struct Ends {
  std::vector<RawChange*> gone;
  std::vector<std::string> untracked;
};

/// What was only dropped from the index kept its name.
bool is_rename(const Ends& ends)
{
  return ends.gone.size() == 1 && ends.untracked.size() == 1 &&
         ends.gone.front()->file.path != ends.untracked.front();
}

} // namespace

std::vector<std::string> join_moved(std::vector<RawChange>& tracked, const WorkTree& work_tree,
                                    const Roots& roots)
{
  std::map<ContentHash, Ends> by_content;
  for (RawChange& change : tracked) {
    if (change.file.status == ChangeStatus::deleted && is_worth_a_name(change.before.hash) &&
        !change.before.is_submodule()) {
      by_content[change.before.hash].gone.push_back(&change);
    }
  }
  if (by_content.empty()) {
    return work_tree.untracked;
  }
  std::vector<std::string> left;
  for (const std::string& path : work_tree.untracked) {
    const auto named = graph_path(roots, *work_tree.repository, path);
    const auto hash = named ? work_tree.sources.files.find(*named) : std::nullopt;
    const auto ends = hash ? by_content.find(*hash) : by_content.end();
    if (ends != by_content.end()) {
      ends->second.untracked.push_back(path);
    } else {
      left.push_back(path);
    }
  }
  for (auto& [hash, ends] : by_content) {
    if (is_rename(ends)) {
      ChangedFile& file = ends.gone.front()->file;
      file = {ends.untracked.front(), ChangeStatus::renamed, file.path, RenamedContent::same};
    } else {
      left.insert(left.end(), ends.untracked.begin(), ends.untracked.end());
    }
  }
  std::ranges::sort(left);
  return left;
}

} // namespace winnow::change
