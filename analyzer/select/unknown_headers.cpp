// One search from all such steps.
#include "analyzer/select/unknown_headers.hpp"

#include "analyzer/model/reach.hpp"
#include "analyzer/select/possible_use.hpp"

#include <algorithm>
#include <string>

namespace winnow::select {

std::vector<TestReason> tests_with_unknown_headers(const Graph& graph,
                                                   std::span<const TouchedPath> touched,
                                                   RuleBook& rules)
{
  std::vector<TestReason> tests;
  const auto header = std::ranges::find_if(
      touched, [&](const TouchedPath& one) { return may_be_included(one, rules); });
  if (header == touched.end()) {
    return tests;
  }
  const Reach reached = reach(graph, steps_with_unknown_headers(graph), Direction::dependents);
  for (const NodeId node : reached.nodes()) {
    if (graph.kind(node) == NodeKind::test) {
      tests.emplace_back(
          graph.test(node),
          Reason{ReasonKind::unknown_headers, std::string(header->path), reached.chain_to(node)});
    }
  }
  return tests;
}

} // namespace winnow::select
