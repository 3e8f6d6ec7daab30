// Asks the selection about single files.
#include "analyzer/select/explain.hpp"

#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/select_affected.hpp"
#include "analyzer/select/shipped_rules.hpp"

#include <string_view>

namespace winnow::select {
FileExplanation explain_file(const Graph& graph, const std::string& path, const Settings* settings,
                             const TestLabels* labels)
{
  FileExplanation explanation;
  explanation.path = path;
  const Change change{"", "", {{path, ChangeStatus::modified, {}}}};
  SelectionRules rules;
  rules.whatever_changed = WhateverChanged::left_out;
  rules.settings = settings;
  rules.labels = labels;
  explanation.selection = select_affected(graph, change, rules);
  if (!touched_paths(graph, change).front().files.empty() &&
      explanation.selection.ignored.empty()) {
    explanation.standing = FileStanding::known;
  } else if (!explanation.selection.ignored.empty()) {
    explanation.standing = FileStanding::ignored;
    explanation.ignore_rule = explanation.selection.ignored.front().rule;
    explanation.unnamed = explanation.selection.ignored.front().unnamed;
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
    const std::string_view own = graph.name(TestId{i});
    if (!name.ends_with(own)) {
      continue;
    }
    if (graph.key(TestId{i}).display() == name) {
      return {TestId{i}};
    }
    if (own == name) {
      bare.push_back(TestId{i});
    }
  }
  return bare;
}

} // namespace winnow::select
