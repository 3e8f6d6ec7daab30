// Compares recorded with present content hashes.
#include "analyzer/select/leaf_inputs.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/select/changed_nodes.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace winnow::select {
namespace {

/// CMake makes each of its own inputs the output of an empty phony step, so that a missing one is
/// no error: those are leaves all the same.
bool is_leaf_input(const Graph& graph, FileId file)
{
  if (graph.dependents(graph.node(file)).empty()) {
    return false;
  }
  const Neighbours producers = graph.dependencies(graph.node(file));
  const bool all_empty = std::ranges::all_of(producers, [&](Neighbour producer) {
    return graph.step_kind(graph.step(producer.node)) == StepKind::phony &&
           graph.dependencies(producer.node).empty();
  });
  return producers.empty() || (all_empty && is_configure_input(graph, file));
}

} // namespace

LeafInputs::LeafInputs(Graph graph, FileListing known)
    : graph_(std::move(graph)), known_(std::move(known)), unlike_known_(unlike_recorded(known_))
{
  for (const FileId file : unlike_known_) {
    if (origin_of(graph_.path(file)) == Origin::external && graph_.recorded_hash(file).known() &&
        !only_configures(graph_, file)) {
      outside_.push_back(file);
    }
  }
}

std::vector<FileId> LeafInputs::unlike_recorded(const FileListing& listing) const
{
  std::vector<FileId> files;
  FileListing::InOrder listed(listing);
  for (std::uint32_t i = 0; i < graph_.file_count(); ++i) {
    const FileId file{i};
    if (!is_leaf_input(graph_, file)) {
      continue;
    }
    const std::optional<ContentHash> version = listed.find(graph_.path(file));
    if (!version || !same_content(graph_.recorded_hash(file), *version)) {
      files.push_back(file);
    }
  }
  return files;
}

std::vector<FileId> LeafInputs::to_compare(const FileListing& now) const
{
  const auto differing = now.may_differ_from(known_);
  if (!differing) {
    return unlike_recorded(now);
  }
  std::vector<FileId> files = unlike_known_;
  for (const std::string_view path : *differing) {
    if (const auto file = graph_.find_file(path); file && is_leaf_input(graph_, *file)) {
      files.push_back(*file);
    }
  }
  std::ranges::sort(files);
  const auto repeated = std::ranges::unique(files);
  files.erase(repeated.begin(), repeated.end());
  return files;
}

std::vector<ChangedFile> LeafInputs::changed(const SourceState& now) const
{
  std::vector<ChangedFile> files;
  FileListing::InOrder listed(now.files);
  for (const FileId file : to_compare(now.files)) {
    const std::string path(graph_.path(file));
    const Origin origin = origin_of(path);
    const std::optional<ContentHash> version = listed.find(path);
    if (!version && origin != Origin::source) {
      continue;
    }
    const ContentHash recorded = graph_.recorded_hash(file);
    // The tree is configured again when a file that only configures is newer, whatever its content.
    if (!recorded.known() && (origin == Origin::external || only_configures(graph_, file))) {
      continue;
    }
    if (!version || !version->known()) {
      files.push_back({path, ChangeStatus::deleted, {}});
    } else if (!same_content(recorded, *version)) {
      files.push_back({path, ChangeStatus::modified, {}});
    }
  }
  return files;
}

std::vector<FileId> LeafInputs::edited(const SourceState& now) const
{
  std::vector<FileId> edited;
  FileListing::InOrder listed(now.files);
  for (const FileId file : to_compare(now.files)) {
    const ContentHash recorded = graph_.recorded_hash(file);
    const std::optional<ContentHash> version = listed.find(graph_.path(file));
    if (recorded.known() && version && recorded != *version) {
      edited.push_back(file);
    }
  }
  return edited;
}

std::vector<std::string> LeafInputs::beside_git(const SourceState& now) const
{
  std::vector<std::string> paths;
  FileListing::InOrder listed(now.files);
  for (const FileId file : to_compare(now.files)) {
    const std::string_view path = graph_.path(file);
    if (origin_of(path) != Origin::external && !listed.find(path)) {
      paths.emplace_back(path);
    }
  }
  return paths;
}

std::vector<std::string> LeafInputs::read_beside_git(const SourceState& now) const
{
  std::vector<std::string> paths = beside_git(now);
  std::erase_if(paths, [&](const std::string& path) {
    const bool is_cmakes_own =
        path == "@build/CMakeCache.txt" || path.starts_with("@build/CMakeFiles/");
    return is_cmakes_own && only_configures(graph_, *graph_.find_file(path));
  });
  return paths;
}

} // namespace winnow::select
