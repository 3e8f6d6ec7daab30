// Asks for the steps that are told of each directory on the way to the root, once.
#include "analyzer/select/told_directories.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/select/possible_use.hpp"

#include <map>
#include <string>
#include <string_view>

namespace winnow::select {
namespace {

/// Directory → the first changed file below it.
std::map<std::string_view, std::string_view>
directories_around(std::span<const TouchedPath> touched, RuleBook& rules)
{
  std::map<std::string_view, std::string_view> around;
  for (const TouchedPath& one : touched) {
    if (origin_of(one.path) != Origin::source || !may_be_data(one.path) ||
        rules.ignored_by(one.path)) {
      continue;
    }
    std::string_view directory = directory_of(one.path);
    while (!directory.empty() && around.emplace(directory, one.path).second) {
      directory = directory_of(directory);
    }
  }
  return around;
}

} // namespace

std::vector<TestReason> tests_told_of(const Graph& graph, std::span<const TouchedPath> touched,
                                      RuleBook& rules)
{
  std::map<NodeId, std::string_view> file_of_seed;
  for (const auto& [directory, file] : directories_around(touched, rules)) {
    for (const StepId step : graph.steps_told_of(directory)) {
      file_of_seed.emplace(graph.node(step), file);
    }
  }
  std::vector<NodeId> seeds;
  for (const auto& [step, file] : file_of_seed) {
    seeds.push_back(step);
  }
  std::vector<TestReason> told;
  const Reach reached = reach(graph, seeds, Direction::dependents);
  for (const NodeId node : reached.nodes()) {
    std::vector<ChainLink> chain =
        graph.kind(node) == NodeKind::test ? reached.chain_to(node) : std::vector<ChainLink>();
    if (chain.size() > 1 && graph.kind(chain[chain.size() - 2].node) == NodeKind::file) {
      std::string file(file_of_seed.at(chain.front().node));
      told.emplace_back(graph.test(node),
                        Reason{ReasonKind::told_directory, std::move(file), std::move(chain)});
    }
  }
  return told;
}

} // namespace winnow::select
