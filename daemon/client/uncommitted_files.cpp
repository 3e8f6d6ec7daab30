// The change since HEAD, with contents.
#include "daemon/client/uncommitted_files.hpp"

#include "analyzer/change/git.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace winnow::client {
namespace {

ContentHash content_now(const BuildContext& context, const std::string& path)
{
  const std::vector<FileVersion>& known = context.work_tree.sources.files;
  const auto at = std::ranges::lower_bound(known, path, {}, &FileVersion::path);
  return at != known.end() && at->path == path ? at->hash
                                               : hash_file(context.tree.roots.absolute(path));
}

} // namespace

Result<std::vector<FileVersion>> uncommitted_files(const BuildContext& context)
{
  if (context.work_tree.repository.has_error() || context.work_tree.sources.commit.empty()) {
    return std::vector<FileVersion>();
  }
  const Result<Change> change =
      change::change_since(context.work_tree, context.tree.roots,
                           {change::Base::Kind::exactly, context.work_tree.sources.commit});
  if (change.has_error()) {
    return change.error();
  }
  std::map<std::string, ContentHash> contents;
  for (const ChangedFile& file : change->files) {
    for (const std::string& path : {file.path, file.old_path}) {
      if (!path.empty()) {
        contents.emplace(path, content_now(context, path));
      }
    }
  }
  std::vector<FileVersion> files;
  for (const auto& [path, hash] : contents) {
    files.push_back({path, hash});
  }
  return files;
}

} // namespace winnow::client
