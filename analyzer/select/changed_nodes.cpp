// Looks paths up, directories by everything below them.
#include "analyzer/select/changed_nodes.hpp"

#include <algorithm>
#include <ranges>
#include <string>

namespace winnow::select {
namespace {

std::vector<FileId> files_at(const Graph& graph, std::string_view path)
{
  std::vector<FileId> files;
  if (const auto file = graph.find_file(path)) {
    files.push_back(*file);
  } else {
    files = files_below(graph, path);
  }
  std::erase_if(files, [&](FileId file) { return graph.dependents(graph.node(file)).empty(); });
  return files;
}

TouchedPath touched_path(const Graph& graph, std::string_view path, ChangeStatus status)
{
  TouchedPath touched{path, status, files_at(graph, path)};
  touched.read =
      std::ranges::any_of(touched.files, [&](FileId file) { return is_read(graph, file); });
  return touched;
}

} // namespace

bool is_read(const Graph& graph, FileId file)
{
  return std::ranges::any_of(graph.dependents(graph.node(file)),
                             [](Neighbour user) { return !is_mention(user.kind); });
}

std::vector<FileId> files_below(const Graph& graph, std::string_view directory)
{
  // Files are ordered by path: what lies below a directory is one run.
  const std::string prefix = directory.empty() ? "" : std::string(directory) + "/";
  const auto ids =
      std::views::iota(std::uint32_t{0}, static_cast<std::uint32_t>(graph.file_count()));
  std::vector<FileId> files;
  for (auto id =
           std::ranges::lower_bound(ids, std::string_view(prefix), {},
                                    [&](std::uint32_t file) { return graph.path(FileId{file}); });
       id != ids.end() && graph.path(FileId{*id}).starts_with(prefix); ++id) {
    files.push_back(FileId{*id});
  }
  return files;
}

std::vector<TouchedPath> touched_paths(const Graph& graph, const Change& change)
{
  std::vector<TouchedPath> touched;
  for (const ChangedFile& file : change.files) {
    if (file.status != ChangeStatus::renamed) {
      touched.push_back(touched_path(graph, file.path, file.status));
      continue;
    }
    TouchedPath added = touched_path(graph, file.path, ChangeStatus::added);
    TouchedPath gone = touched_path(graph, file.old_path, ChangeStatus::deleted);
    if (file.content == RenamedContent::same) {
      added.known_as = gone.files.empty() ? std::string_view() : gone.path;
      gone.known_as = added.files.empty() ? std::string_view() : added.path;
    }
    touched.push_back(std::move(added));
    touched.push_back(std::move(gone));
  }
  return touched;
}

bool is_configure_step(const Graph& graph, StepId step)
{
  return graph.rule(step) == "RERUN_CMAKE";
}

bool is_configure_input(const Graph& graph, FileId file)
{
  return std::ranges::any_of(graph.dependents(graph.node(file)), [&](Neighbour user) {
    return graph.kind(user.node) == NodeKind::step &&
           is_configure_step(graph, graph.step(user.node));
  });
}

bool only_configures(const Graph& graph, FileId file)
{
  return std::ranges::all_of(graph.dependents(graph.node(file)), [&](Neighbour user) {
    return graph.kind(user.node) == NodeKind::step &&
           is_configure_step(graph, graph.step(user.node));
  });
}

std::vector<NodeId> steps_with_unknown_headers(const Graph& graph)
{
  std::vector<NodeId> steps;
  for (std::uint32_t i = 0; i < graph.step_count(); ++i) {
    if (graph.header_list(StepId{i}) == HeaderList::unknown) {
      steps.push_back(graph.node(StepId{i}));
    }
  }
  return steps;
}

} // namespace winnow::select
