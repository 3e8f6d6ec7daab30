// Searches from what each target makes and declares.
#include "analyzer/select/dependents.hpp"

#include "analyzer/model/reach.hpp"
#include "analyzer/select/part.hpp"
#include "analyzer/select/rule_book.hpp"
#include "analyzer/select/selected_tests.hpp"
#include "analyzer/select/target_seeds.hpp"
#include "analyzer/select/unused_artifact.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace winnow::select {
namespace {

bool lies_in(std::string_view directory, std::string_view home)
{
  return home.empty() || directory == home ||
         (directory.starts_with(home) && directory[home.size()] == '/');
}

class Dependents {
 public:
  Dependents(const Graph& graph, const DependentsQuery& query, const ProjectRules& project)
      : graph_(graph),
        query_(query),
        project_(project),
        seeds_(graph),
        reasons_(graph.test_count()),
        is_own_(graph.test_count(), false)
  {
    for (const AskedTarget& asked : query.targets) {
      follow(asked, seeds_.made_by(asked.target), Seeds::of_target);
      follow(asked, seeds_.headers_of(asked.target, asked.headers), Seeds::of_target);
      follow(asked, made_by_users(asked), Seeds::of_users);
      if (query.own == OwnTests::left_out) {
        find_own(asked);
      }
    }
  }

  [[nodiscard]] const std::vector<Reason>& reasons(TestId test) const
  {
    return reasons_[test.value];
  }

  /// Whether the test is to be left out.
  [[nodiscard]] bool is_own(TestId test) const { return is_own_[test.value]; }

 private:
  enum class Seeds { of_target, of_users };

  [[nodiscard]] std::vector<NodeId> made_by_users(const AskedTarget& asked) const
  {
    std::vector<NodeId> nodes;
    for (const TargetId user : asked.users) {
      const std::vector<NodeId> made = seeds_.made_by(user);
      nodes.insert(nodes.end(), made.begin(), made.end());
    }
    return nodes;
  }

  void follow(const AskedTarget& asked, const std::vector<NodeId>& seeds, Seeds whose)
  {
    const Reach reached = reach(graph_, seeds, Direction::dependents);
    for (const NodeId node : reached.nodes()) {
      if (graph_.kind(node) == NodeKind::test) {
        add(asked, graph_.test(node), reached.chain_to(node), whose);
      } else if (graph_.kind(node) == NodeKind::file &&
                 rule_on_unused(graph_, node) == ShippedRule::plugins) {
        add_loaders(asked, node, reached.chain_to(node), whose);
      }
    }
  }

  void add(const AskedTarget& asked, TestId test, std::vector<ChainLink> chain, Seeds whose,
           std::string_view rule = {})
  {
    const std::string_view target = graph_.target_name(asked.target);
    std::vector<Reason>& known = reasons_[test.value];
    if (known.empty() || known.back().target != target) { // one way to depend on it is enough
      Reason reason{ReasonKind::depends_on, {}, std::move(chain), {}, std::string(rule)};
      reason.target = target;
      if (whose == Seeds::of_users) {
        const auto user = seeds_.maker_of(reason.chain.front().node);
        reason.user = user ? graph_.target_name(*user) : "";
      }
      known.push_back(std::move(reason));
    }
  }

  /// The tests that may load a plugin that nobody links and no test names.
  void add_loaders(const AskedTarget& asked, NodeId plugin, const std::vector<ChainLink>& chain,
                   Seeds whose)
  {
    const RuleBook rules(graph_, project_.settings, project_.labels);
    const ShippedEffect effect = rules.effect(ShippedRule::plugins);
    if (effect == ShippedEffect::nothing) {
      return;
    }
    if (!parts_) {
      parts_.emplace(graph_, project_.settings, project_.labels);
    }
    const TargetId made = *seeds_.maker_of(plugin); // the rule is on what a target makes
    const std::span<const TestId> loaders = effect == ShippedEffect::everything
                                                ? parts_->opaque_tests()
                                                : parts_->opaque_tests_around(graph_, made);
    for (const TestId test : loaders) {
      add(asked, test, chain, whose, name_of(ShippedRule::plugins));
    }
  }

  void find_own(const AskedTarget& asked)
  {
    const std::string_view home = graph_.target_directory(asked.target);
    for (TestId test{0}; test.value < graph_.test_count(); ++test.value) {
      const std::string_view directory = part_of(graph_, test);
      const bool lies_there = !home.empty() && lies_in(directory, home) &&
                              seeds_.homes().home_of(directory).value_or(home) == home;
      const bool is_named = std::ranges::any_of(asked.own_tests, [&](const auto& own) {
        return own.first == graph_.name(test) && lies_in(directory, own.second);
      });
      if (lies_there || is_named) {
        is_own_[test.value] = true;
      }
    }
  }

  const Graph& graph_;
  const DependentsQuery& query_;
  const ProjectRules& project_;
  TargetSeeds seeds_;
  std::optional<Parts> parts_; ///< once needed
  ReasonsByTest reasons_;
  std::vector<bool> is_own_; ///< by test
};

/// By test; whom a companion comes along with is seen at the end.
ReasonsByTest reasons_of(const Graph& graph, const Selection& selection)
{
  ReasonsByTest reasons(graph.test_count());
  for (const SelectedTest& selected : selection.tests) {
    for (const Reason& reason : selected.reasons) {
      if (reason.kind != ReasonKind::companion) {
        reasons[selected.test.value].push_back(reason);
      }
    }
  }
  return reasons;
}

/// Whom a companion comes along with depends on what is left.
Selection finished(const Graph& graph, Selection selection, ReasonsByTest reasons,
                   AskedDependents asked, const ProjectRules& project)
{
  selection.tests.clear();
  selection.targets.clear();
  finish_selection(graph, std::move(reasons), project, selection);
  selection.dependents = std::move(asked);
  return selection;
}

} // namespace

bool knows_own_tests(const Graph& graph, const AskedTarget& asked)
{
  return !graph.target_directory(asked.target).empty() || !asked.own_tests.empty();
}

bool knows_uses(const Graph& graph, const AskedTarget& asked)
{
  const TargetSeeds seeds(graph);
  return !asked.users.empty() || !seeds.made_by(asked.target).empty() ||
         !seeds.headers_of(asked.target, asked.headers).empty();
}

Selection with_dependents(const Graph& graph, Selection selection, const DependentsQuery& query,
                          const ProjectRules& project)
{
  const Dependents dependents(graph, query, project);
  AskedDependents asked;
  for (const AskedTarget& one : query.targets) {
    asked.targets.emplace_back(graph.target_name(one.target));
  }
  ReasonsByTest reasons = reasons_of(graph, selection);
  for (TestId test{0}; test.value < graph.test_count(); ++test.value) {
    std::vector<Reason>& all = reasons[test.value];
    const std::vector<Reason>& more = dependents.reasons(test);
    all.insert(all.begin(), more.begin(), more.end());
    if (all.empty() && graph.mapping(test) == Mapping::unmapped) {
      all.push_back({ReasonKind::unmapped, {}, {}});
    }
    if (dependents.is_own(test) && !all.empty()) {
      all.clear();
      asked.own_left_out.push_back(test);
    }
  }
  return finished(graph, std::move(selection), std::move(reasons), std::move(asked), project);
}

Selection among_dependents(const Graph& graph, Selection affected, const Selection& dependents,
                           const ProjectRules& project)
{
  AskedDependents asked{dependents.dependents->targets, true, {}, {}};
  const std::vector<TestId>& own = dependents.dependents->own_left_out;
  ReasonsByTest reasons = reasons_of(graph, affected);
  const ReasonsByTest of_dependents = reasons_of(graph, dependents);
  for (TestId test{0}; test.value < graph.test_count(); ++test.value) {
    if (!reasons[test.value].empty() && of_dependents[test.value].empty()) {
      reasons[test.value].clear();
      const bool is_own = std::ranges::binary_search(own, test);
      (is_own ? asked.own_left_out : asked.independent).push_back(test);
    }
  }
  return finished(graph, std::move(affected), std::move(reasons), std::move(asked), project);
}

} // namespace winnow::select
