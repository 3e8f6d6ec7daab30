// Joins the graph's targets with the module's export.
#include "daemon/client/asked_targets.hpp"

#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/linking_targets.hpp"
#include "analyzer/ingest/read_tests.hpp"
#include "analyzer/report/suggestion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace winnow::client {
namespace {

Error no_such_target(const Graph& graph, const std::string& name, bool has_export)
{
  std::vector<std::string> known;
  for (std::uint32_t id = 0; id < graph.target_count(); ++id) {
    known.emplace_back(graph.target_name(TargetId{id}));
  }
  const std::string meant = report::nearest(name, known);
  const std::string suggestion =
      !meant.empty() ? fmt::format("did you mean {}?", meant)
      : has_export   ? "graph show lists the targets"
                     : "of custom targets and of libraries without sources only CMake tells, with "
                       "find_package(Winnow) and winnow_enable()";
  return user_error(
      fmt::format("--depends-on {}: the build has no such target; {}", name, suggestion));
}

/// Those of all winnow_split_dependents() that are enabled, in their order.
std::vector<std::string> declared_names(const ingest::Export& exported)
{
  std::vector<std::string> names;
  for (const ingest::SplitDependents& declared : exported.split_dependents) {
    for (const std::string& target : declared.targets) {
      if (declared.enabled && std::ranges::find(names, target) == names.end()) {
        names.push_back(target);
      }
    }
  }
  return names;
}

std::string directory_of_call(const Roots& roots, const std::string& directory)
{
  return directory == roots.source ? std::string() : roots.graph_path(directory);
}

select::AskedTarget asked_target(const BuildContext& context, const ingest::Export& exported,
                                 TargetId target)
{
  const Roots& roots = context.tree.roots;
  const std::string name(context.graph.target_name(target));
  select::AskedTarget asked{target, {}, {}, {}};
  for (const ingest::ExportedTarget& one : exported.targets) {
    if (one.name == name) {
      std::ranges::transform(one.headers, std::back_inserter(asked.headers),
                             [&](const std::string& header) { return roots.graph_path(header); });
    }
  }
  for (const std::string& user : ingest::targets_linking(exported.targets, name)) {
    if (const auto known = context.graph.find_target(user)) {
      asked.users.push_back(*known);
    }
  }
  for (const ingest::SplitDependents& declared : exported.split_dependents) {
    if (std::ranges::find(declared.targets, name) != declared.targets.end()) {
      for (const std::string& test : declared.own_tests) {
        asked.own_tests.emplace_back(test, directory_of_call(roots, declared.directory));
      }
    }
  }
  return asked;
}

} // namespace

Result<std::vector<select::AskedTarget>> asked_targets(const BuildContext& context,
                                                       const ChangeOptions& options)
{
  const Result<ingest::Export> exported = ingest::read_export_of(context.tree);
  if (exported.has_error()) {
    return exported.error();
  }
  std::vector<std::string> names = *options.depends_on;
  if (std::ranges::find(names, "") != names.end()) {
    return user_error("--depends-on \"\": the name of a target is empty; is a variable not set?");
  }
  if (names.empty()) {
    names = declared_names(*exported);
  }
  if (names.empty()) {
    return user_error("--depends-on: name a target, or declare some in the project with "
                      "winnow_split_dependents(TARGETS …)");
  }
  std::vector<select::AskedTarget> targets;
  for (const std::string& name : names) {
    const std::optional<TargetId> target = context.graph.find_target(name);
    if (!target) {
      return no_such_target(context.graph, name, !exported->targets.empty());
    }
    select::AskedTarget asked = asked_target(context, *exported, *target);
    const bool is_described =
        std::ranges::find(exported->targets, name, &ingest::ExportedTarget::name) !=
        exported->targets.end();
    if (!is_described && !select::knows_uses(context.graph, asked)) {
      return user_error(
          fmt::format("--depends-on {}: the build does not tell what {} makes, or who "
                      "uses it; CMake does with find_package(Winnow) and "
                      "winnow_enable()",
                      name, name));
    }
    if (options.exclude_own && !select::knows_own_tests(context.graph, asked)) {
      return user_error(fmt::format(
          "--exclude-own: {} is defined at the root of the sources, where any test may be another "
          "target's; name its own with winnow_split_dependents(TARGETS {} OWN_TESTS …)",
          name, name));
    }
    targets.push_back(std::move(asked));
  }
  return targets;
}

} // namespace winnow::client
