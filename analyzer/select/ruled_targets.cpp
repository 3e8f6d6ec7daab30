// Asks the rules the other way round: from tests to what they may use.
#include "analyzer/select/ruled_targets.hpp"

#include "analyzer/model/step_outputs.hpp"
#include "analyzer/select/part.hpp"
#include "analyzer/select/rule_book.hpp"
#include "analyzer/select/staged_files.hpp"
#include "analyzer/select/unused_artifact.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

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
        tests_(tests.begin(), tests.end()),
        staged_(graph)
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

  /// The files that the step stages for one of the tests.
  [[nodiscard]] std::vector<FileId> staged_by(StepId step)
  {
    std::vector<FileId> files;
    const ShippedEffect effect = rules_.effect(ShippedRule::staged_files);
    if (graph_.is_built_by_default(step) && effect != ShippedEffect::nothing && !tests_.empty()) {
      for (const FileId output : stated_outputs(graph_, step)) {
        if (staged_.is_staged(output) && !rules_.ignored_by(ruled_name(graph_.path(output))) &&
            (effect == ShippedEffect::everything || has_test_around(step, output))) {
          files.push_back(output);
        }
      }
    }
    return files;
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

  /// Around the copy, or around one of the files it comes from, also through other commands.
  [[nodiscard]] bool has_test_around(StepId step, FileId copy)
  {
    const std::string_view path = graph_.path(copy);
    const Parts::OfCopy alone = parts().parts_of_copy(path, path);
    const auto& behind = parts_behind(step);
    return behind.empty() ? has_test_in(alone) : std::ranges::any_of(behind, [&](const auto& part) {
      return has_test_in({part, alone.copy});
    });
  }

  /// The parts of the data that the step works from.
  const std::set<std::optional<std::string_view>>& parts_behind(StepId step)
  {
    const auto [at, added] = parts_behind_.try_emplace(step);
    if (!added) {
      return at->second; // in a circle: what is known so far
    }
    for (const Neighbour input : graph_.dependencies(graph_.node(step))) {
      const std::string_view path = graph_.path(graph_.file(input.node));
      const Neighbours producers = graph_.dependencies(input.node);
      const StepKind kind =
          producers.empty() ? StepKind::other : graph_.step_kind(graph_.step(producers[0].node));
      if (kind == StepKind::custom || kind == StepKind::phony) {
        const auto more = parts_behind(graph_.step(producers[0].node));
        parts_behind_[step].insert(more.begin(), more.end());
      } else if (may_be_staged(path) && !rules_.ignored_by(path)) {
        parts_behind_[step].insert(parts().part_around(path));
      }
    }
    return parts_behind_[step];
  }

  [[nodiscard]] bool has_test_in(const Parts::OfCopy& around)
  {
    const auto [at, added] = has_test_in_.try_emplace(around, false);
    if (added) {
      at->second = has_one_of(parts().opaque_tests_around(around));
    }
    return at->second;
  }

  const Graph& graph_;
  const ProjectRules& project_;
  RuleBook rules_;
  std::optional<Parts> parts_; ///< once needed
  std::set<TestId> tests_;
  StagedFiles staged_;
  std::map<Parts::OfCopy, bool> has_test_in_;
  std::map<StepId, std::set<std::optional<std::string_view>>> parts_behind_;
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

std::vector<FileId> ruled_copies(const Graph& graph, const ProjectRules& project,
                                 std::span<const TestId> tests)
{
  RuledUse ruled(graph, project, tests);
  std::vector<FileId> copies;
  for (StepId step{0}; step.value < graph.step_count(); ++step.value) {
    const std::vector<FileId> staged = ruled.staged_by(step);
    copies.insert(copies.end(), staged.begin(), staged.end());
  }
  return copies;
}

} // namespace winnow::select
