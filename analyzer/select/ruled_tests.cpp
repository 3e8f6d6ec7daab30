// Keeps one reason for each test, and hands it on to the test's users.
#include "analyzer/select/ruled_tests.hpp"

#include "analyzer/model/reach.hpp"

#include <string>

namespace winnow::select {

void RuledTests::add(TestId test, ReasonKind kind, std::string_view file, std::string_view rule,
                     const std::vector<ChainLink>& chain)
{
  if (!reasons_.contains(test)) {
    Reason& reason = reasons_[test];
    reason.kind = kind;
    reason.file = file;
    reason.rule = rule;
    reason.chain = chain;
  }
}

std::vector<TestReason> RuledTests::with_users(const Graph& graph) const
{
  std::vector<TestReason> tests(reasons_.begin(), reasons_.end());
  std::vector<NodeId> seeds;
  for (const auto& [test, reason] : reasons_) {
    seeds.push_back(graph.node(test));
  }
  const Reach reached = reach(graph, seeds, Direction::dependents);
  for (const NodeId node : reached.nodes()) {
    if (reasons_.contains(graph.test(node))) {
      continue;
    }
    std::vector<ChainLink> chain = reached.chain_to(node);
    Reason reason = reasons_.at(graph.test(chain.front().node));
    reason.chain = std::move(chain);
    tests.emplace_back(graph.test(node), std::move(reason));
  }
  return tests;
}

} // namespace winnow::select
