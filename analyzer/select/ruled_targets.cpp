// Asks the rules the other way round: from tests to targets.
#include "analyzer/select/ruled_targets.hpp"

#include "analyzer/select/part.hpp"
#include "analyzer/select/rule_book.hpp"
#include "analyzer/select/unused_artifact.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace winnow::select {
namespace {

/// The rule on an artifact of the target that nothing uses.
std::optional<ShippedRule> rule_on(const Graph& graph, TargetId target)
{
  for (const FileId artifact : graph.artifacts(target)) {
    if (const auto rule = rule_on_unused(graph, graph.node(artifact))) {
      return rule;
    }
  }
  return std::nullopt;
}

class RuledTargets {
 public:
  RuledTargets(const Graph& graph, const ProjectRules& project, std::span<const TestId> tests)
      : graph_(graph),
        project_(project),
        rules_(graph, project.settings, project.labels),
        tests_(tests.begin(), tests.end())
  {}

  [[nodiscard]] bool contain(TargetId target)
  {
    // As shipped, programs select nothing, and most targets are such, or archives.
    const std::string_view type = graph_.target_type(target);
    const bool is_program = type == "EXECUTABLE";
    const bool can_be_loaded = type == "MODULE_LIBRARY" || type == "SHARED_LIBRARY";
    const ShippedRule possible = is_program ? ShippedRule::programs : ShippedRule::plugins;
    const ShippedEffect effect = rules_.effect(possible);
    if ((!is_program && !can_be_loaded) || effect == ShippedEffect::nothing ||
        rule_on(graph_, target) != possible) {
      return false;
    }
    return effect == ShippedEffect::everything ? !tests_.empty() : has_test_around(target);
  }

 private:
  [[nodiscard]] bool has_test_around(TargetId target)
  {
    if (!parts_) {
      parts_.emplace(graph_, project_.settings, project_.labels);
    }
    return std::ranges::any_of(parts_->opaque_tests_around(graph_, target),
                               [&](TestId test) { return tests_.contains(test); });
  }

  const Graph& graph_;
  const ProjectRules& project_;
  RuleBook rules_;
  std::optional<Parts> parts_; ///< once needed
  std::set<TestId> tests_;
};

} // namespace

std::vector<TargetId> ruled_targets(const Graph& graph, const ProjectRules& project,
                                    std::span<const TestId> tests)
{
  RuledTargets ruled(graph, project, tests);
  std::vector<TargetId> targets;
  for (TargetId target{0}; target.value < graph.target_count(); ++target.value) {
    if (ruled.contain(target)) {
      targets.push_back(target);
    }
  }
  return targets;
}

} // namespace winnow::select
