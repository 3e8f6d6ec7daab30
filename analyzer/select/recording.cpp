// Compares recorded with present content hashes.
#include "analyzer/select/recording.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/select/changed_nodes.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>

namespace winnow::select {
namespace {

/// CMake makes each of its own inputs the output of an empty phony step, so that a missing one is
/// no error: those are leaves all the same.
bool is_leaf(const Graph& graph, FileId file)
{
  const Neighbours producers = graph.dependencies(graph.node(file));
  const bool all_empty = std::ranges::all_of(producers, [&](Neighbour producer) {
    return graph.step_kind(graph.step(producer.node)) == StepKind::phony &&
           graph.dependencies(producer.node).empty();
  });
  return producers.empty() || (all_empty && is_configure_input(graph, file));
}

template <class Visit>
void for_each_leaf_input(const Graph& graph, Visit visit)
{
  for (std::uint32_t i = 0; i < graph.file_count(); ++i) {
    if (!graph.dependents(graph.node(FileId{i})).empty() && is_leaf(graph, FileId{i})) {
      visit(FileId{i});
    }
  }
}

} // namespace

std::vector<ChangedFile> change_since_recording(const Graph& graph, const SourceState& now)
{
  std::vector<ChangedFile> files;
  FileListing::InOrder listed(now.files);
  for_each_leaf_input(graph, [&](FileId file) {
    const std::string path(graph.path(file));
    const Origin origin = origin_of(path);
    const std::optional<ContentHash> version = listed.find(path);
    if (!version && origin != Origin::source) {
      return;
    }
    const ContentHash recorded = graph.recorded_hash(file);
    // The tree is configured again when a file that only configures is newer, whatever its content.
    if (!recorded.known() && (origin == Origin::external || only_configures(graph, file))) {
      return;
    }
    if (!version || !version->known()) {
      files.push_back({path, ChangeStatus::deleted, {}});
    } else if (!same_content(recorded, *version)) {
      files.push_back({path, ChangeStatus::modified, {}});
    }
  });
  return files;
}

std::vector<FileId> edited_since_recording(const Graph& graph, const SourceState& now)
{
  std::vector<FileId> edited;
  FileListing::InOrder listed(now.files);
  for_each_leaf_input(graph, [&](FileId file) {
    const ContentHash recorded = graph.recorded_hash(file);
    const std::optional<ContentHash> version = listed.find(graph.path(file));
    if (recorded.known() && version && recorded != *version) {
      edited.push_back(file);
    }
  });
  return edited;
}

std::vector<std::string> inputs_beside_git(const Graph& graph, const SourceState& now)
{
  std::vector<std::string> paths;
  FileListing::InOrder listed(now.files);
  for_each_leaf_input(graph, [&](FileId file) {
    const std::string_view path = graph.path(file);
    if (origin_of(path) != Origin::external && !listed.find(path)) {
      paths.emplace_back(path);
    }
  });
  return paths;
}

std::vector<std::string> read_beside_git(const Graph& graph, const SourceState& now)
{
  std::vector<std::string> paths = inputs_beside_git(graph, now);
  std::erase_if(paths, [&](const std::string& path) {
    const bool is_cmakes_own =
        path == "@build/CMakeCache.txt" || path.starts_with("@build/CMakeFiles/");
    return is_cmakes_own && only_configures(graph, *graph.find_file(path));
  });
  return paths;
}

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
