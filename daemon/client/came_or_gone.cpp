// Asks git once for each commit.
#include "daemon/client/came_or_gone.hpp"

#include "analyzer/change/git.hpp"
#include "analyzer/select/file_kind.hpp"

#include <set>
#include <utility>

namespace winnow::client {
namespace {

void add(const Change& change, std::set<std::string>& paths)
{
  for (const ChangedFile& file : change.files) {
    if (file.status == ChangeStatus::modified ||
        select::file_kind(file.path) == select::FileKind::configuration) {
      continue;
    }
    paths.insert(file.path);
    if (file.status == ChangeStatus::renamed) {
      paths.insert(file.old_path);
    }
  }
}

} // namespace

std::vector<std::string> came_or_gone(const BuildContext& context, const Change* change)
{
  std::set<std::string> paths;
  if (change != nullptr) {
    add(*change, paths);
  }
  std::set<std::string> commits = Snapshots(context.tree.roots.build).commits();
  commits.insert(context.graph.origin().commit);
  for (const std::string& commit : commits) {
    if (commit.empty()) {
      continue;
    }
    const Result<Change> since = change::change_since(context.work_tree, context.tree.roots,
                                                      {change::Base::Kind::exactly, commit});
    if (since) {
      add(*since, paths);
    }
  }
  return {paths.begin(), paths.end()};
}

} // namespace winnow::client
