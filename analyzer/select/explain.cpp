// Counts what a test is made of, and asks the selection about single files.
#include "analyzer/select/explain.hpp"

#include "analyzer/model/reach.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/select_affected.hpp"
#include "analyzer/select/shipped_rules.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace winnow::select {
namespace {

TestInputs inputs_of(const Graph& graph, TestId test)
{
  TestInputs inputs;
  const NodeId self = graph.node(test);
  for (const Neighbour input : graph.dependencies(self)) {
    inputs.direct.push_back({input.node, input.kind});
  }
  std::set<TargetId> targets;
  const Reach reached = reach(graph, std::array{self}, Direction::dependencies);
  for (const NodeId node : reached.nodes()) {
    switch (graph.kind(node)) {
    case NodeKind::file:
      if (!graph.is_output(graph.file(node))) {
        const bool external = origin_of(graph.path(graph.file(node))) == Origin::external;
        ++(external ? inputs.external_files : inputs.project_files);
      }
      break;
    case NodeKind::step:
      if (const auto target = graph.target_of(graph.step(node))) {
        targets.insert(*target);
      }
      break;
    case NodeKind::test:
      break;
    }
  }
  inputs.targets.assign(targets.begin(), targets.end());
  return inputs;
}

} // namespace

TestExplanation explain_test(const Graph& graph, const Selection& selection, TestId test)
{
  TestExplanation explanation{test, {}, selection.fallback, inputs_of(graph, test)};
  const auto selected = std::ranges::lower_bound(selection.tests, test, {}, &SelectedTest::test);
  if (selected != selection.tests.end() && selected->test == test) {
    explanation.reasons = selected->reasons;
  }
  return explanation;
}

FileExplanation explain_file(const Graph& graph, const std::string& path, const Settings* settings,
                             const TestLabels* labels)
{
  FileExplanation explanation;
  explanation.path = path;
  const Change change{"", "", {{path, ChangeStatus::modified, {}}}};
  SelectionRules rules;
  rules.always_selected = AlwaysSelected::left_out;
  rules.settings = settings;
  rules.labels = labels;
  explanation.selection = select_affected(graph, change, rules);
  if (!touched_paths(graph, change).front().files.empty()) {
    explanation.standing = FileStanding::known;
  } else if (!explanation.selection.ignored.empty()) {
    explanation.standing = FileStanding::ignored;
    explanation.ignore_rule = explanation.selection.ignored.front().rule;
    if (const auto harmless = harmless_pattern(path);
        harmless && explanation.ignore_rule == name_of(ShippedRule::harmless_files)) {
      explanation.ignore_rule += " " + std::string(harmless->pattern);
    }
  }
  return explanation;
}

std::vector<TestId> tests_called(const Graph& graph, const std::string& name)
{
  std::vector<TestId> bare;
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    const TestKey key = graph.key(TestId{i});
    if (key.display() == name) {
      return {TestId{i}};
    }
    if (key.name == name) {
      bare.push_back(TestId{i});
    }
  }
  return bare;
}

} // namespace winnow::select
