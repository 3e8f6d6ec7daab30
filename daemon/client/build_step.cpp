// One call of ninja, then a new recording.
#include "daemon/client/build_step.hpp"

#include "daemon/client/program.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace winnow::client {
namespace {

/// The outputs to ask ninja for; one artifact of each target suffices, the rest comes along.
std::vector<std::string> wanted_outputs(const BuildContext& context, const Selection& selection)
{
  std::vector<std::string> outputs;
  for (const TargetId target : selection.targets) {
    for (const FileId artifact : context.graph.artifacts(target)) {
      const std::string_view path = context.graph.path(artifact);
      if (origin_of(path) == Origin::build) {
        outputs.emplace_back(path.substr(build_prefix.size()));
      }
    }
    if (context.graph.artifacts(target).empty()) {
      outputs.emplace_back(context.graph.target_name(target));
    }
  }
  return outputs;
}

/// Of a test that nothing is known of, everything might be needed.
bool has_unmapped_test(const BuildContext& context, const Selection& selection)
{
  return std::ranges::any_of(selection.tests, [&](const SelectedTest& selected) {
    return context.graph.mapping(selected.test) == Mapping::unmapped;
  });
}

/// Runs ninja for `outputs`, all that it builds by default if there are none, and records anew.
Result<BuildOutcome> build(const BuildContext& context, const std::vector<std::string>& outputs)
{
  std::vector<std::string> command{"ninja", "-C", context.tree.roots.build};
  command.insert(command.end(), outputs.begin(), outputs.end());
  const Result<int> status = run_program(command);
  if (status.has_error()) {
    return status.error();
  }
  if (*status != 0) {
    return BuildOutcome::failed;
  }
  const Result<Graph> recorded = record_anew(context.tree, context.work_tree.sources);
  if (recorded.has_error()) {
    return recorded.error();
  }
  return BuildOutcome::built;
}

} // namespace

Result<BuildOutcome> build_everything(const BuildContext& context)
{
  return build(context, {});
}

Result<BuildOutcome> build_selection(const BuildContext& context, const Selection& selection)
{
  if (selection.fallback || has_unmapped_test(context, selection)) {
    return build_everything(context);
  }
  const std::vector<std::string> outputs = wanted_outputs(context, selection);
  return outputs.empty() ? BuildOutcome::nothing_to_build : build(context, outputs);
}

} // namespace winnow::client
