// From tests and targets to what ninja is asked for.
#include "daemon/client/build_step.hpp"

#include "analyzer/select/needed_targets.hpp"
#include "analyzer/select/ruled_targets.hpp"
#include "daemon/client/asked_outputs.hpp"
#include "daemon/client/current_copies.hpp"
#include "daemon/client/project_settings.hpp"

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

std::vector<TestId> known_ids(const Graph& graph, const std::vector<TestKey>& tests)
{
  std::vector<TestId> ids;
  for (const TestKey& key : tests) {
    if (const auto test = graph.find_test(key)) {
      ids.push_back(*test);
    }
  }
  return ids;
}

/// Data that is staged for tests: ninja always runs some of the commands that do so, and is asked
/// for it only where it shall.
enum class Staging { asked_for, left_out };

/// Adds the outputs of what the tests may use by a rule.
Result<void> add_ruled_outputs(const BuildContext& context, const std::vector<TestId>& tests,
                               Staging staging, std::vector<std::string>& outputs)
{
  const Result<ProjectSettings> project = project_settings(context);
  if (project.has_error()) {
    return project.error();
  }
  const select::ProjectRules rules{&project->settings, &project->labels};
  for (const TargetId target : select::ruled_targets(context.graph, rules, tests)) {
    add_outputs(context.graph, target, outputs);
  }
  if (staging == Staging::left_out) {
    return {};
  }
  for (const FileId copy : select::ruled_copies(context.graph, rules, tests)) {
    const std::string_view path = context.graph.path(copy);
    outputs.push_back(origin_of(path) == Origin::build ? ninja_name(path)
                                                       : context.tree.roots.absolute(path));
  }
  return {};
}

bool is_staged(const BuildContext& context, const std::vector<TestKey>& tests)
{
  const Result<ProjectSettings> project = project_settings(context);
  const select::ProjectRules rules{&project->settings, &project->labels};
  return project.has_value() &&
         are_current(context,
                     select::ruled_copies(context.graph, rules, known_ids(context.graph, tests)));
}

/// What tests need, or may use; everything where one of them is not known, or nothing is known of
/// it.
Result<WantedBuild> wanted_for(const BuildContext& context, const std::vector<TestKey>& tests,
                               Staging staging)
{
  const Graph& graph = context.graph;
  const std::vector<TestId> ids = known_ids(graph, tests);
  WantedBuild wanted;
  if (ids.size() != tests.size() || select::needs_everything_built(graph, ids)) {
    wanted.extent = WantedBuild::Extent::everything;
    return wanted;
  }
  wanted.tests = tests;
  for (const TargetId target : select::needed_targets(graph, ids)) {
    add_outputs(graph, target, wanted.outputs);
  }
  if (const Result<void> added = add_ruled_outputs(context, ids, staging, wanted.outputs); !added) {
    return added.error();
  }
  return wanted;
}

} // namespace

Result<BuildOutcome> build_everything(const BuildContext& context)
{
  WantedBuild wanted;
  wanted.extent = WantedBuild::Extent::everything;
  return build_with_ninja(context, wanted);
}

Result<BuildOutcome> build_selection(const BuildContext& context, const Selection& selection)
{
  std::vector<TestKey> tests;
  for (const SelectedTest& selected : selection.tests) {
    tests.push_back(context.graph.key(selected.test));
  }
  Result<WantedBuild> wanted = wanted_for(context, tests, Staging::asked_for);
  if (wanted.has_error()) {
    return wanted.error();
  }
  if (selection.fallback) {
    wanted->extent = WantedBuild::Extent::everything;
  }
  wanted->change = &selection.change;
  return build_with_ninja(context, *wanted);
}

bool is_built(const BuildContext& context, const std::vector<TestKey>& tests)
{
  const Result<WantedBuild> wanted = wanted_for(context, tests, Staging::left_out);
  return wanted && has_nothing_to_build(context, *wanted) && is_staged(context, tests);
}

Result<BuildOutcome> build_chunks(const BuildContext& context, const std::vector<Chunk>& chunks)
{
  std::set<std::string_view> names;
  WantedBuild wanted;
  for (const Chunk& chunk : chunks) {
    wanted.tests.insert(wanted.tests.end(), chunk.tests.begin(), chunk.tests.end());
    names.insert(chunk.targets.begin(), chunk.targets.end());
  }
  if (names.contains(everything)) {
    return build_everything(context);
  }
  for (const std::string_view name : names) {
    const std::optional<TargetId> target = context.graph.find_target(name);
    if (!target) {
      return user_error(fmt::format("the plan needs the target {}, which this build tree does not "
                                    "have; make the plan anew with `winnow split`",
                                    name));
    }
    add_outputs(context.graph, *target, wanted.outputs);
  }
  const std::vector<TestId> tests = known_ids(context.graph, wanted.tests);
  if (const Result<void> added =
          add_ruled_outputs(context, tests, Staging::asked_for, wanted.outputs);
      !added) {
    return added.error();
  }
  return build_with_ninja(context, wanted);
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
