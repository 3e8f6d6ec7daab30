// Joins by path.
#include "analyzer/select/joined_change.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>

namespace winnow::select {

Change joined(Change change, const std::vector<ChangedFile>& files)
{
  std::map<std::string, std::size_t, std::less<>> known; ///< path → index
  for (std::size_t i = 0; i < change.files.size(); ++i) {
    known.emplace(change.files[i].path, i);
    known.emplace(change.files[i].old_path, i);
  }
  for (const ChangedFile& file : files) {
    const auto found = known.find(file.path);
    if (found == known.end()) {
      known.emplace(file.path, change.files.size());
      change.files.push_back(file);
    } else if (ChangedFile& same = change.files[found->second];
               same.status == ChangeStatus::modified && file.status != ChangeStatus::renamed) {
      same.status = file.status;
    }
  }
  std::ranges::sort(change.files, {}, &ChangedFile::path);
  return change;
}

} // namespace winnow::select
