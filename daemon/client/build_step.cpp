// One call of ninja, then a new recording.
#include "daemon/client/build_step.hpp"

#include "daemon/client/program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace winnow::client {
namespace {

/// CMake's name for the target of all that is built by default.
constexpr std::string_view everything = "all";

/// Adds the outputs to ask ninja for.
void add_outputs(const Graph& graph, TargetId target, std::vector<std::string>& outputs)
{
  for (const FileId artifact : graph.artifacts(target)) {
    const std::string_view path = graph.path(artifact);
    if (origin_of(path) == Origin::build) {
      outputs.emplace_back(path.substr(build_prefix.size()));
    }
  }
  if (graph.artifacts(target).empty()) {
    outputs.emplace_back(graph.target_name(target));
  }
}

/// Of a test that nothing is known of, everything might be needed.
bool has_unmapped_test(const BuildContext& context, const Selection& selection)
{
  return std::ranges::any_of(selection.tests, [&](const SelectedTest& selected) {
    return context.graph.mapping(selected.test) == Mapping::unmapped;
  });
}

/// Runs the tree's ninja for `outputs`, all that it builds by default if there are none, and
/// records anew.
Result<BuildOutcome> build(const BuildContext& context, const std::vector<std::string>& outputs)
{
  std::vector<std::string> command{context.tree.ninja_command, "-C", context.tree.roots.build};
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
  std::vector<std::string> outputs;
  for (const TargetId target : selection.targets) {
    add_outputs(context.graph, target, outputs);
  }
  return outputs.empty() ? BuildOutcome::nothing_to_build : build(context, outputs);
}

Result<BuildOutcome> build_chunks(const BuildContext& context, const std::vector<Chunk>& chunks)
{
  std::set<std::string_view> names;
  for (const Chunk& chunk : chunks) {
    names.insert(chunk.targets.begin(), chunk.targets.end());
  }
  if (names.contains(everything)) {
    return build_everything(context);
  }
  std::vector<std::string> outputs;
  for (const std::string_view name : names) {
    const std::optional<TargetId> target = context.graph.find_target(name);
    if (!target) {
      return user_error(fmt::format("the plan needs the target {}, which this build tree does not "
                                    "have; make the plan anew with `winnow split`",
                                    name));
    }
    add_outputs(context.graph, *target, outputs);
  }
  return outputs.empty() ? BuildOutcome::nothing_to_build : build(context, outputs);
}

split::TargetsOfTests targets_of_tests(const Graph& graph)
{
  split::TargetsOfTests targets;
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    std::vector<std::string>& names = targets[graph.key(TestId{i})];
    for (const TargetId target : graph.targets(TestId{i})) {
      names.emplace_back(graph.target_name(target));
    }
    if (graph.mapping(TestId{i}) == Mapping::unmapped) {
      names.emplace_back(everything);
    }
  }
  return targets;
}

} // namespace winnow::client
