// Compares by content what git compared by time stamps.
#include "analyzer/change/work_tree_diff.hpp"

#include <sys/stat.h>

namespace winnow::change {

std::optional<std::vector<std::string>> unmapped_diff(const std::vector<std::string>& diff,
                                                      const Result<GitOutput>& answer)
{
  if (!answer || answer->exit_code == 0 || answer->err.find("mmap failed") == std::string::npos) {
    return std::nullopt;
  }
  std::vector<std::string> command{"-c", "diff.autoRefreshIndex=false"};
  command.insert(command.end(), diff.begin(), diff.end());
  return command;
}

void leave_out_touched(std::vector<RawChange>& changes, const std::string& top)
{
  std::erase_if(changes, [&](const RawChange& change) {
    const std::string path = top + "/" + change.file.path;
    return change.file.status == ChangeStatus::modified && !change.unmerged &&
           !change.after.hash.known() && change.before.mode == mode_in_work_tree(path) &&
           same_content(change.before.hash, hash_file(path));
  });
}

std::string mode_in_work_tree(const std::string& path)
{
  struct stat status {};

  if (::lstat(path.c_str(), &status) != 0) {
    return {};
  }
  if (S_ISLNK(status.st_mode)) {
    return "120000";
  }
  if (!S_ISREG(status.st_mode)) {
    return {};
  }
  return (status.st_mode & S_IXUSR) != 0 ? "100755" : "100644";
}

} // namespace winnow::change
