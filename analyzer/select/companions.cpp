// Breadth-first over the edges between tests only.
#include "analyzer/select/companions.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace winnow::select {
namespace {

/// How the search came to a test: from `needed_by`, which depends on it by `via`.
struct Arrival {
  TestId needed_by;
  EdgeKind via;
};

using Arrivals = std::map<TestId, std::optional<Arrival>>; ///< nothing for the selected ones

std::vector<ChainLink> chain_from(const Graph& graph, const Arrivals& arrivals, TestId test)
{
  std::vector<ChainLink> chain{{graph.node(test), std::nullopt}};
  while (const std::optional<Arrival>& arrival = arrivals.at(test)) {
    chain.push_back({graph.node(arrival->needed_by), arrival->via});
    test = arrival->needed_by;
  }
  return chain;
}

} // namespace

std::vector<Companion> companions_of(const Graph& graph, std::span<const TestId> selected)
{
  Arrivals arrivals;
  for (const TestId test : selected) {
    arrivals.emplace(test, std::nullopt);
  }
  std::vector<TestId> queue(selected.begin(), selected.end());
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const TestId needing = queue[next];
    for (const Neighbour needed : graph.dependencies(graph.node(needing))) {
      if (graph.kind(needed.node) != NodeKind::test) {
        continue;
      }
      const TestId test = graph.test(needed.node);
      if (arrivals.emplace(test, Arrival{needing, needed.kind}).second) {
        queue.push_back(test);
      }
    }
  }
  std::vector<Companion> companions;
  for (const auto& [test, arrival] : arrivals) {
    if (arrival) {
      companions.push_back({test, chain_from(graph, arrivals, test)});
    }
  }
  return companions;
}

} // namespace winnow::select
