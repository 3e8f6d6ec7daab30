// Joins a change with what differs since the recording, and selects.
#include "daemon/client/query_inputs.hpp"

#include "analyzer/change/git.hpp"
#include "analyzer/change/work_tree.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/select/joined_change.hpp"
#include "analyzer/select/volatile_stamps.hpp"
#include "daemon/client/compiler_difference.hpp"
#include "daemon/client/green_line.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace winnow::client {
namespace {

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
std::vector<std::string> meaningful_inputs_beside_git(const BuildContext& context,
                                                      const VolatileStamps& meaningless)
{
  std::vector<std::string> paths = context.leaves.beside_git(context.work_tree.sources);
  std::erase_if(paths,
                [&](const std::string& path) { return select::is_volatile(meaningless, path); });
  return paths;
}

} // namespace

Result<QueryInputs> QueryInputs::look_up(const BuildContext& context)
{
  QueryInputs inputs(context);
  Result<ProjectSettings> project = project_settings(context);
  if (project.has_error()) {
    return project.error();
  }
  inputs.project_ = std::move(*project);
  Result<std::vector<TestId>> red = known_red_tests(context);
  if (red) {
    inputs.red_ = std::move(*red);
  } else {
    inputs.red_unknown_because_ = red.error().message;
  }
  inputs.other_compiler_ = compiler_difference(context.tree);
  return inputs;
}

select::SelectionRules QueryInputs::rules() const
{
  select::SelectionRules rules;
  rules.settings = &project_.settings;
  rules.labels = &project_.labels;
  rules.always = always();
  rules.base.stale_because = context_->stale_because;
  rules.base.other_compiler = other_compiler_;
  return rules;
}

Selection QueryInputs::of_named_files(const Change& change) const
{
  select::SelectionRules named = rules();
  named.base.missing_because = "the changed files were named, so there is no base to compare with";
  return select::select_affected(context_->graph, change, named);
}

void QueryInputs::look_at_contents(std::span<const std::string> more)
{
  const SourceState& sources = context_->work_tree.sources;
  const std::vector<std::string> beside =
      meaningful_inputs_beside_git(*context_, project_.settings.volatile_stamps);
  beside_git_ = change::contents_at(context_->tree.roots, beside);
  std::vector<std::string> asked_for(more.begin(), more.end());
  std::erase_if(asked_for, [&](const std::string& path) {
    return sources.files.contains(path) ||
           std::ranges::binary_search(context_->outside, path, {}, &FileVersion::path);
  });
  now_ = sources;
  now_.files.put(change::contents_at(context_->tree.roots, asked_for));
  now_.files.put(beside_git_);
  if (!more.empty()) {
    now_.files.put(context_->outside);
  }
  since_recording_ = context_->leaves.changed(now_);
  since_recording_.insert(since_recording_.end(), context_->changed_outside.begin(),
                          context_->changed_outside.end());
  for (ChangedFile& file : added_since_recording(*context_)) {
    since_recording_.push_back(std::move(file));
  }
  for (const ChangedFile& header : context_->headers_beside_git) {
    if (!select::is_volatile(project_.settings.volatile_stamps, header.path)) {
      since_recording_.push_back(header);
    }
  }
}

Selection QueryInputs::of(const Change& asked, const BaseGraph& base,
                          select::WhateverChanged whatever_changed) const
{
  select::SelectionRules compared = rules();
  compared.whatever_changed = whatever_changed;
  compared.base.graph = base.graph ? &*base.graph : nullptr;
  compared.base.missing_because = base.missing_because;
  compared.base.beside_git = beside_git_;
  compared.asked = &asked;
  const Change change = select::joined(asked, since_recording_);
  return select::select_affected(context_->graph, change, compared);
}

} // namespace winnow::client
