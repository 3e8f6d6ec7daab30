// Asks the rules the other way round: from tests to what they may use.
#include "analyzer/select/ruled_targets.hpp"

#include "analyzer/model/step_outputs.hpp"
#include "analyzer/select/part.hpp"
#include "analyzer/select/possible_use.hpp"
#include "analyzer/select/rule_book.hpp"
#include "analyzer/select/staged_data.hpp"
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

class RuledUse {
 public:
  RuledUse(const Graph& graph, const ProjectRules& project, std::span<const TestId> tests)
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
    return effect == ShippedEffect::everything
               ? !tests_.empty()
               : has_one_of(parts().opaque_tests_around(graph_, target));
  }

  [[nodiscard]] bool contain(StepId step)
  {
    const ShippedEffect effect = rules_.effect(ShippedRule::staged_files);
    const std::vector<FileId> outputs =
        graph_.is_built_by_default(step) ? stated_outputs(graph_, step) : std::vector<FileId>();
    if (effect == ShippedEffect::nothing || outputs.empty() ||
        !is_staged(graph_, graph_.node(outputs.front()))) {
      return false;
    }
    return effect == ShippedEffect::everything ? !tests_.empty()
                                               : has_test_around(step, outputs.front());
  }

 private:
  const Parts& parts()
  {
    if (!parts_) {
      parts_.emplace(graph_, project_.settings, project_.labels);
    }
    return *parts_;
  }

  template <class Tests>
  [[nodiscard]] bool has_one_of(const Tests& around) const
  {
    return std::ranges::any_of(around, [&](TestId test) { return tests_.contains(test); });
  }

  /// Around the copy, or around one of the files it is made of.
  [[nodiscard]] bool has_test_around(StepId step, FileId copy)
  {
    const std::string_view path = graph_.path(copy);
    bool made_of_data = false;
    for (const Neighbour input : graph_.dependencies(graph_.node(step))) {
      const std::string_view file = graph_.path(graph_.file(input.node));
      if (may_be_data(file)) {
        made_of_data = true;
        if (has_one_of(parts().opaque_tests_around_copy(file, path))) {
          return true;
        }
      }
    }
    return !made_of_data && has_one_of(parts().opaque_tests_around_copy(path, path));
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
  RuledUse ruled(graph, project, tests);
  std::vector<TargetId> targets;
  for (TargetId target{0}; target.value < graph.target_count(); ++target.value) {
    if (ruled.contain(target)) {
      targets.push_back(target);
    }
  }
  return targets;
}

std::vector<StepId> ruled_copies(const Graph& graph, const ProjectRules& project,
                                 std::span<const TestId> tests)
{
  RuledUse ruled(graph, project, tests);
  std::vector<StepId> steps;
  for (StepId step{0}; step.value < graph.step_count(); ++step.value) {
    if (ruled.contain(step)) {
      steps.push_back(step);
    }
  }
  return steps;
}

} // namespace winnow::select
