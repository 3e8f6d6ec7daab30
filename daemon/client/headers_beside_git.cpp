// What came is looked for on disk, what is gone in the graph.
#include "daemon/client/headers_beside_git.hpp"

#include "analyzer/ingest/findable_headers.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <string_view>

namespace winnow::client {
namespace {

bool is_there(const std::string& absolute_path)
{
  struct stat status {};

  return ::lstat(absolute_path.c_str(), &status) == 0;
}

/// Recorded only because a directive may mean it.
bool is_unread_source(const Graph& graph, FileId file)
{
  const NodeId node = graph.node(file);
  return graph.dependents(node).empty() && graph.dependencies(node).empty() &&
         graph.recorded_hash(file).known() && origin_of(graph.path(file)) == Origin::source;
}

} // namespace

FindableSince findable_since(const Graph& graph, const Roots& roots)
{
  FindableSince since{ingest::headers_not_in(graph, roots), {}};
  for (FileId file{0}; file.value < graph.file_count(); ++file.value) {
    if (is_unread_source(graph, file) && !is_there(roots.absolute(graph.path(file)))) {
      since.gone.emplace_back(graph.path(file));
    }
  }
  return since;
}

std::vector<ChangedFile> headers_beside_git(const FindableSince& since, const SourceState& now)
{
  std::vector<ChangedFile> files;
  const auto add = [&](const std::vector<std::string>& paths, ChangeStatus status) {
    for (const std::string& path : paths) {
      if (!now.files.contains(path)) {
        files.push_back({path, status, {}});
      }
    }
  };
  add(since.came, ChangeStatus::added);
  add(since.gone, ChangeStatus::deleted);
  std::ranges::sort(files, {}, &ChangedFile::path);
  return files;
}

} // namespace winnow::client
