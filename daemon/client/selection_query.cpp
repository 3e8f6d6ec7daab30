// Joins the asked change with what differs since the recording, and selects.
#include "daemon/client/selection_query.hpp"

#include "analyzer/change/git.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/select/recording.hpp"
#include "analyzer/select/select_affected.hpp"
#include "daemon/client/base_graph.hpp"
#include "daemon/client/compiler_difference.hpp"
#include "daemon/client/project_settings.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace winnow::client {
namespace {

/// Whether the user stated the change as a list of files; then only those count.
bool states_files(const ChangeOptions& options)
{
  return !options.files.empty() || !options.files_from.empty();
}

/// What came or went since the commit of the recording, as git knows: contents alone do not show
/// files that came. Of what was modified they show all that has edges; settings are not recorded.
/// Nothing where that commit is not at hand.
std::vector<ChangedFile> added_since_recording(const BuildContext& context)
{
  const std::string commit = context.graph.origin().commit;
  if (commit.empty() || commit == context.work_tree.sources.commit) {
    return {};
  }
  Result<Change> since = change::change_since(context.work_tree, context.tree.roots,
                                              {change::Base::Kind::exactly, commit});
  if (since.has_error()) {
    return {};
  }
  std::erase_if(since->files, [](const ChangedFile& file) {
    return file.status == ChangeStatus::modified || file.path == settings_file_name;
  });
  return std::move(since->files);
}

/// Without those whose contents the project says mean nothing: what is not listed did not change.
std::vector<std::string> meaningful_inputs_beside_git(const Graph& graph,
                                                      const SourceState& sources,
                                                      const VolatileStamps& meaningless)
{
  std::vector<std::string> paths = select::inputs_beside_git(graph, sources);
  std::erase_if(paths, [&](const std::string& path) {
    return origin_of(path) == Origin::build &&
           std::ranges::any_of(meaningless.build_files, [&](const PathPattern& pattern) {
             return pattern.matches(std::string_view(path).substr(build_prefix.size()));
           });
  });
  return paths;
}

/// Those of `state` at these paths, sorted by path.
std::vector<FileVersion> versions_of(const std::vector<std::string>& paths,
                                     const SourceState& state)
{
  const std::set<std::string_view> wanted(paths.begin(), paths.end());
  std::vector<FileVersion> versions;
  std::ranges::copy_if(state.files, std::back_inserter(versions),
                       [&](const FileVersion& file) { return wanted.contains(file.path); });
  return versions;
}

} // namespace

Result<Selection> select_for(const BuildContext& context, const ChangeOptions& options)
{
  Result<Change> asked = change_asked_for(options, context);
  if (asked.has_error()) {
    return asked.error();
  }
  const Result<ProjectSettings> project = project_settings(context);
  if (project.has_error()) {
    return project.error();
  }
  select::SelectionRules rules;
  rules.settings = &project->settings;
  rules.labels = &project->labels;
  rules.base.stale_because = context.stale_because;
  rules.base.other_compiler = compiler_difference(context.tree);
  if (states_files(options)) {
    rules.base.missing_because =
        "the changed files were named, so there is no base to compare with";
    return select::select_affected(context.graph, *asked, rules);
  }
  Change change = std::move(*asked);
  const SourceState& sources = context.work_tree.sources;
  const std::vector<std::string> beside =
      meaningful_inputs_beside_git(context.graph, sources, project->settings.volatile_stamps);
  const SourceState now = change::with_contents_of(sources, context.tree.roots, beside);
  const std::vector<FileVersion> beside_git = versions_of(beside, now);
  const BaseGraph base = find_base_graph(context, change);
  rules.base.graph = base.graph ? &*base.graph : nullptr;
  rules.base.missing_because = base.missing_because;
  rules.base.beside_git = beside_git;
  change = select::joined(std::move(change), select::change_since_recording(context.graph, now));
  change = select::joined(std::move(change), added_since_recording(context));
  return select::select_affected(context.graph, change, rules);
}

std::vector<TestDescription> only_selected(std::vector<TestDescription> tests, const Graph& graph,
                                           const Selection& selection)
{
  std::set<TestKey> keys;
  for (const SelectedTest& selected : selection.tests) {
    keys.insert(graph.key(selected.test));
  }
  std::erase_if(tests, [&](const TestDescription& test) {
    return graph.find_test(test.key) && !keys.contains(test.key);
  });
  return tests;
}

} // namespace winnow::client
