// Asks git once for each repository, and again for each submodule that differs.
#include "analyzer/change/differences.hpp"

#include "analyzer/change/git_command.hpp"
#include "analyzer/change/work_tree_diff.hpp"

#include <sys/stat.h>

#include <optional>
#include <string_view>
#include <utility>

namespace winnow::change {
namespace {

/// Without a .git of its own git would take the repository around it.
bool is_checked_out(const std::string& directory)
{
  struct stat status {};

  return ::lstat((directory + "/.git").c_str(), &status) == 0;
}

ChangedFile below(const std::string& prefix, ChangedFile file)
{
  file.path.insert(0, prefix);
  if (file.status == ChangeStatus::renamed) {
    file.old_path.insert(0, prefix);
  }
  return file;
}

/// In both states, and of a commit that is known.
bool is_submodule(const RawChange& change)
{
  return change.before.is_submodule() && change.after.is_submodule() && change.before.hash.known();
}

class SubmoduleEntry {
 public:
  explicit SubmoduleEntry(const std::string& top) : top_(top) {}

  void add(const std::string& prefix, std::vector<RawChange> changes)
  {
    for (RawChange& change : changes) {
      if (!is_submodule(change) || !enter(prefix + change.file.path, change.before.hash.hex())) {
        found_.files.push_back(below(prefix, std::move(change.file)));
      }
    }
  }

  Differences finish() && { return std::move(found_); }

 private:
  /// Whether git could tell what differs in the submodule.
  bool enter(const std::string& path, const std::string& commit)
  {
    const std::string directory = top_ + "/" + path;
    if (!is_checked_out(directory)) {
      return false;
    }
    auto tracked = differences(directory, commit, Against::work_tree);
    const auto untracked =
        git_output(directory, {"ls-files", "--others", "--exclude-standard", "-z"});
    if (!tracked || !untracked) {
      return false;
    }
    for (const std::string_view file : split_at_nul(*untracked)) {
      found_.files.push_back({path + "/" + std::string(file), ChangeStatus::added, {}});
    }
    found_.submodules.push_back(path);
    add(path + "/", std::move(*tracked));
    return true;
  }

  const std::string& top_;
  Differences found_;
};

} // namespace

Result<std::vector<RawChange>> differences(const std::string& top, const std::string& commit,
                                           Against against)
{
  std::vector<std::string> question{"diff",
                                    "--raw",
                                    "-z",
                                    "-M",
                                    "--no-abbrev",
                                    "--no-ext-diff",
                                    "--no-relative",
                                    "--ignore-submodules=none"};
  if (against == Against::index) {
    question.emplace_back("--cached");
  }
  question.insert(question.end(), {commit, "--"});
  Result<GitOutput> answer = run_git(top, question);
  const auto unmapped = unmapped_diff(question, answer);
  if (unmapped) {
    answer = run_git(top, *unmapped);
  }
  const auto diff = expected_output(top, question, std::move(answer));
  Result<std::vector<RawChange>> changes =
      diff ? read_raw_diff(*diff) : Result<std::vector<RawChange>>(diff.error());
  if (changes && unmapped) {
    leave_out_touched(*changes, top);
  }
  return changes;
}

Differences with_submodules_entered(const std::string& top, std::vector<RawChange> changes)
{
  SubmoduleEntry entry(top);
  entry.add("", std::move(changes));
  return std::move(entry).finish();
}

} // namespace winnow::change
