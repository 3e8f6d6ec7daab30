// Asks git once for each commit.
#include "daemon/client/came_or_gone.hpp"

#include "analyzer/change/git.hpp"
#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/select/changed_nodes.hpp"

#include <set>
#include <utility>

namespace winnow::client {
namespace {

void add(const Change& change, std::set<std::string>& paths)
{
  for (const ChangedFile& file : change.files) {
    if (file.status == ChangeStatus::modified || file_kind(file.path) == FileKind::configuration) {
      continue;
    }
    paths.insert(file.path);
    if (file.status == ChangeStatus::renamed) {
      paths.insert(file.old_path);
    }
  }
}

/// Files of the build tree that `one` has and `other` has not, but those that are made for steps
/// alone.
void add_only_in(const Graph& one, const Graph& other, std::set<std::string>& paths)
{
  for (const FileId file : select::files_below(one, "@build")) {
    const Neighbours producers = one.dependencies(one.node(file));
    const StepKind kind =
        producers.empty() ? StepKind::custom : one.step_kind(one.step(producers[0].node));
    const bool may_be_included = kind == StepKind::custom || kind == StepKind::other;
    if (may_be_included && !other.find_file(one.path(file))) {
      paths.emplace(one.path(file));
    }
  }
}

/// Files of the sources that `one` has and `other` has not, but those that git tells of.
void add_ignored_only_in(const Graph& one, const Graph& other, const SourceState& sources,
                         std::set<std::string>& paths)
{
  for (FileId file{0}; file.value < one.file_count(); ++file.value) {
    const std::string_view path = one.path(file);
    if (origin_of(path) == Origin::source && !other.find_file(path) &&
        !sources.files.contains(path)) {
      paths.emplace(path);
    }
  }
}

/// Ignored headers that were younger than an object which reads them now.
void add_late(const Graph& graph, const SourceState& sources, std::set<std::string>& paths)
{
  for (FileId file{0}; file.value < graph.file_count(); ++file.value) {
    const std::string_view path = graph.path(file);
    if (!graph.recorded_hash(file).known() && origin_of(path) == Origin::source &&
        !graph.is_output(file) && !sources.files.contains(path)) {
      paths.emplace(path);
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
  const SourceState& sources = context.work_tree.sources;
  for (const ChangedFile& header : context.headers_beside_git) {
    if (header.status != ChangeStatus::modified) {
      paths.insert(header.path);
    }
  }
  add_late(context.graph, sources, paths);
  std::set<std::string> commits{context.graph.origin().commit};
  for (const Graph& kept : Snapshots(context.tree.roots.build).all()) {
    commits.insert(kept.origin().commit);
    add_only_in(kept, context.graph, paths);
    add_only_in(context.graph, kept, paths);
    add_ignored_only_in(kept, context.graph, sources, paths);
    add_ignored_only_in(context.graph, kept, sources, paths);
  }
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
