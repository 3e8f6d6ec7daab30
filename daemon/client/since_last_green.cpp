// One selection for each state that tests last passed at, joined.
#include "daemon/client/since_last_green.hpp"

#include "analyzer/change/git.hpp"
#include "analyzer/select/change_since_state.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/configuration_files.hpp"
#include "analyzer/select/joined_change.hpp"
#include "analyzer/select/joined_selection.hpp"
#include "analyzer/select/last_green.hpp"
#include "analyzer/select/volatile_stamps.hpp"
#include "daemon/client/base_graph.hpp"
#include "daemon/client/green_line.hpp"
#include "daemon/client/known_history.hpp"
#include "daemon/client/query_inputs.hpp"
#include "daemon/client/tested_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

/// Configuring an old state takes seconds to minutes, and more graphs than a shelf holds would push
/// each other off it.
constexpr std::size_t most_configured = 2;

/// Every path whose content a group's states tell.
std::vector<std::string> recorded_paths(const Greens& greens, const select::GreenBases& bases)
{
  std::vector<std::string> paths;
  for (const select::GreenGroup& group : bases.groups) {
    for (const std::size_t state : group.states) {
      for (const std::size_t list :
           {greens.states[state].uncommitted, greens.states[state].beside_git}) {
        std::ranges::transform(greens.file_lists[list], std::back_inserter(paths),
                               &FileVersion::path);
      }
    }
  }
  std::ranges::sort(paths);
  const auto repeated = std::ranges::unique(paths);
  paths.erase(repeated.begin(), repeated.end());
  return paths;
}

void leave_out_volatile(std::vector<std::string>& paths, const VolatileStamps& meaningless)
{
  std::erase_if(paths,
                [&](const std::string& path) { return select::is_volatile(meaningless, path); });
}

void leave_out_volatile(Greens& greens, const VolatileStamps& meaningless)
{
  for (std::vector<FileVersion>& list : greens.file_lists) {
    std::erase_if(
        list, [&](const FileVersion& file) { return select::is_volatile(meaningless, file.path); });
  }
}

class GreenSelections {
 public:
  GreenSelections(const BuildContext& context, const Greens& greens, const QueryInputs& inputs)
      : context_(context),
        greens_(greens),
        inputs_(inputs),
        beside_git_(context.leaves.read_beside_git(context.work_tree.sources))
  {
    leave_out_volatile(beside_git_, inputs.settings().volatile_stamps);
    for (const FileVersion& file : context.outside) {
      beside_git_.push_back(file.path);
    }
  }

  Result<std::vector<Selection>> of_all(const std::vector<select::GreenGroup>& groups)
  {
    std::vector<Selection> selections;
    for (const select::GreenGroup& group : groups) {
      Result<Selection> selection = of(group);
      if (selection.has_error()) {
        return selection.error();
      }
      selections.push_back(std::move(*selection));
    }
    return selections;
  }

 private:
  Result<Selection> of(const select::GreenGroup& group)
  {
    Result<Change> change = change_since(group.states.front());
    for (std::size_t i = 1; change && i < group.states.size(); ++i) {
      const Result<Change> older = change_since(group.states[i]);
      if (older.has_error()) {
        return older.error();
      }
      change = select::joined(std::move(*change), older->files);
    }
    if (change.has_error()) {
      return change.error();
    }
    const BaseGraph base = base_of(group, *change);
    return inputs_.of(*change, base, select::WhateverChanged::left_out);
  }

  /// Git compares the whole work tree each time, and many states are of one commit.
  const Result<Change>& change_since_commit(const std::string& commit)
  {
    const auto known = since_commit_.find(commit);
    return known != since_commit_.end()
               ? known->second
               : since_commit_
                     .emplace(commit, change::change_since(context_.work_tree, context_.tree.roots,
                                                           {change::Base::Kind::exactly, commit}))
                     .first->second;
  }

  [[nodiscard]] Result<Change> change_since(std::size_t index)
  {
    const GreenState& state = greens_.states[index];
    Result<Change> change = change_since_commit(state.commit);
    if (change) {
      change->files = select::change_since_state(
          change->files,
          {greens_.file_lists[state.uncommitted], greens_.file_lists[state.beside_git]},
          inputs_.now(), beside_git_);
    }
    return change;
  }

  /// With the same settings, and without a change of what configuring reads, head's own graph is
  /// what configuring the state would give.
  BaseGraph base_of(const select::GreenGroup& group, const Change& change)
  {
    if (!context_.stale_because.empty()) {
      return {};
    }
    if (!select::needs_base_graph(context_.graph, change)) {
      return {context_.graph, {}};
    }
    if (group.states.size() > 1) {
      return {std::nullopt, "their last passes are at too many states to make a graph of each"};
    }
    const GreenState& green = greens_.states[group.states.front()];
    std::vector<FileVersion> beside_commit = greens_.file_lists[green.uncommitted];
    const std::vector<FileVersion>& beside_git = greens_.file_lists[green.beside_git];
    if (may_configure_otherwise(change, beside_git)) {
      beside_commit.insert(beside_commit.end(), beside_git.begin(), beside_git.end());
      std::ranges::sort(beside_commit, {}, &FileVersion::path);
    }
    BaseState state;
    state.uncommitted = beside_commit;
    state.may_be_made = configured_ < most_configured ? Making::allowed : Making::too_many;
    BaseGraph base = find_base_graph(context_, change, state);
    configured_ += base.was_made ? 1 : 0;
    return base;
  }

  /// Whether configuring may read a changed file that git does not track, now or then: it is in no
  /// scratch tree.
  [[nodiscard]] bool may_configure_otherwise(const Change& change,
                                             const std::vector<FileVersion>& beside_git_then) const
  {
    return std::ranges::any_of(change.files, [&](const ChangedFile& file) {
      const std::optional<FileId> known = context_.graph.find_file(file.path);
      const bool may_configure = !known || select::is_configure_input(context_.graph, *known);
      return may_configure &&
             (std::ranges::binary_search(beside_git_then, file.path, {}, &FileVersion::path) ||
              std::ranges::find(beside_git_, file.path) != beside_git_.end());
    });
  }

  const BuildContext& context_;
  const Greens& greens_;
  const QueryInputs& inputs_;
  std::vector<std::string> beside_git_; ///< inputs now
  std::map<std::string, Result<Change>> since_commit_;
  std::size_t configured_ = 0;
};

/// Once: a run that builds first selects twice.
void say_if_nothing_passed(const Greens& greens, const ingest::BuildTree& tree)
{
  static bool said = false;
  if (greens.states.empty() && !std::exchange(said, true)) {
    fmt::print(stderr,
               "winnow: no test of {} ({}) is known to have passed yet, so every test is selected; "
               "passes count once `winnow run` has made them of an up-to-date build\n",
               tree.project, tree.configuration.empty() ? "no build type" : tree.configuration);
  }
}

} // namespace

Result<Selection> select_since_last_green(const BuildContext& context, const std::string& branch)
{
  const Result<select::GreenLine> line = green_line(context, branch);
  if (line.has_error()) {
    return line.error();
  }
  Result<Greens> greens = known_greens(context.tree, GreensOf::all_tests);
  if (greens.has_error()) {
    return greens.error();
  }
  say_if_nothing_passed(*greens, context.tree);
  Result<QueryInputs> inputs = QueryInputs::look_up(context);
  if (inputs.has_error()) {
    return inputs.error();
  }
  const VolatileStamps& meaningless = inputs->settings().volatile_stamps;
  const Result<std::string> settings = settings_name(context.tree, meaningless);
  if (settings.has_error()) {
    return settings.error();
  }
  leave_out_volatile(*greens, meaningless);
  const select::GreenBases bases =
      select::green_bases(context.graph, *greens, *line, {&context.work_tree.sources, *settings});
  inputs->look_at_contents(recorded_paths(*greens, bases));
  const Result<std::vector<Selection>> of_groups =
      GreenSelections(context, *greens, *inputs).of_all(bases.groups);
  if (of_groups.has_error()) {
    return of_groups.error();
  }
  return select::joined_selection(context.graph, *greens, bases, *of_groups, inputs->always(),
                                  inputs->project_rules());
}

} // namespace winnow::client
