// Goes through the tests in the graph's order.
#include "analyzer/select/selected_tests.hpp"

#include "analyzer/select/companions.hpp"
#include "analyzer/select/needed_targets.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace winnow::select {
namespace {

std::vector<TestId> ids_with(const ReasonsByTest& reasons)
{
  std::vector<TestId> ids;
  for (TestId test{0}; test.value < reasons.size(); ++test.value) {
    if (!reasons[test.value].empty()) {
      ids.push_back(test);
    }
  }
  return ids;
}

} // namespace

void add_always_selected(const Graph& graph, const AlwaysSelected& always, ReasonsByTest& reasons,
                         Selection& selection)
{
  for (TestId test{0}; test.value < graph.test_count(); ++test.value) {
    if (graph.mapping(test) == Mapping::unmapped) {
      reasons[test.value].push_back({ReasonKind::unmapped, {}, {}});
    }
  }
  for (const TestId test : always.red) {
    reasons[test.value].push_back({ReasonKind::not_green, {}, {}});
  }
  for (const TestKey& key : always.listed) {
    if (!graph.find_test(key)) {
      selection.new_tests.push_back(key);
    }
  }
  std::ranges::sort(selection.new_tests);
}

void finish_selection(const Graph& graph, ReasonsByTest reasons, const ProjectRules& project,
                      Selection& selection)
{
  for (Companion& companion : companions_of(graph, ids_with(reasons))) {
    reasons[companion.test.value].push_back(
        {ReasonKind::companion, {}, std::move(companion.chain)});
  }
  const std::vector<TestId> ids = ids_with(reasons);
  for (const TestId test : ids) {
    selection.tests.push_back({test, std::move(reasons[test.value])});
  }
  std::ranges::set_union(needed_targets(graph, ids), ruled_targets(graph, project, ids),
                         std::back_inserter(selection.targets));
}

} // namespace winnow::select
