// Finds the change that is asked about, and its base.
#include "daemon/client/selection_query.hpp"

#include "daemon/client/asked_targets.hpp"
#include "daemon/client/base_graph.hpp"
#include "daemon/client/query_inputs.hpp"
#include "daemon/client/since_last_green.hpp"

#include <set>
#include <utility>

namespace winnow::client {
namespace {

/// Whether the user stated the change as a list of files; then only those count.
bool states_files(const ChangeOptions& options)
{
  return !options.files.empty() || !options.files_from.empty();
}

Result<Selection> select_changed(const BuildContext& context, const ChangeOptions& options)
{
  if (options.asks_history()) {
    return select_since_last_green(context, *options.since_last_green);
  }
  Result<Change> asked = change_asked_for(options, context.work_tree, context.tree.roots);
  if (asked.has_error()) {
    return asked.error();
  }
  Result<QueryInputs> inputs = QueryInputs::look_up(context);
  if (inputs.has_error()) {
    return inputs.error();
  }
  if (states_files(options)) {
    return inputs->of_named_files(*asked);
  }
  inputs->look_at_contents();
  const BaseGraph base = find_base_graph(context, *asked);
  return inputs->of(*asked, base, select::WhateverChanged::included);
}

/// What depends on the targets now is known as far as nothing changed since the recording; what did
/// may have come to depend on them, so all that it affects is selected, too.
Result<Selection> select_since_recording(const BuildContext& context)
{
  Result<QueryInputs> inputs = QueryInputs::look_up(context);
  if (inputs.has_error()) {
    return inputs.error();
  }
  inputs->look_at_contents();
  const BaseGraph none{std::nullopt,
                       "no change was asked for, so there is no base to compare with"};
  return inputs->of({}, none, select::WhateverChanged::left_out);
}

} // namespace

Result<Selection> select_for(const BuildContext& context, const ChangeOptions& options)
{
  if (!options.depends_on) {
    return select_changed(context, options);
  }
  const auto targets = asked_targets(context, options);
  if (targets.has_error()) {
    return targets.error();
  }
  const Result<ProjectSettings> project = project_settings(context);
  if (project.has_error()) {
    return project.error();
  }
  Result<Selection> since_recording = select_since_recording(context);
  if (since_recording.has_error()) {
    return since_recording.error();
  }
  const select::DependentsQuery query{*targets, options.exclude_own ? select::OwnTests::left_out
                                                                    : select::OwnTests::included};
  const select::ProjectRules rules{&project->settings, &project->labels};
  Selection dependents =
      select::with_dependents(context.graph, std::move(*since_recording), query, rules);
  if (!options.states_change()) {
    return dependents;
  }
  Result<Selection> affected = select_changed(context, options);
  if (affected.has_error()) {
    return affected.error();
  }
  return select::among_dependents(context.graph, std::move(*affected), dependents, rules);
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
