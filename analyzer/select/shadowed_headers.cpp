// One search from all steps that find one of the names.
#include "analyzer/select/shadowed_headers.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/select/named_like.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace winnow::select {

ShadowedHeaders shadowed_headers(const Graph& graph, std::span<const TouchedPath> touched)
{
  std::vector<std::string_view> names;
  for (const TouchedPath& one : touched) {
    if (one.status != ChangeStatus::modified && file_kind(one.path) != FileKind::configuration) {
      names.push_back(one.path);
    }
  }
  const auto readers = readers_of_names(graph, names);
  ShadowedHeaders shadowed;
  std::vector<NodeId> seeds;
  for (const auto& [step, paths] : readers) {
    seeds.push_back(graph.node(step));
    for (const std::string_view path : paths) {
      shadowed.names_read.insert(base_name(path));
    }
  }
  std::ranges::sort(seeds);
  const Reach reached = reach(graph, seeds, Direction::dependents);
  for (const NodeId node : reached.nodes()) {
    if (graph.kind(node) == NodeKind::test) {
      std::vector<ChainLink> chain = reached.chain_to(node);
      std::string path(readers.at(graph.step(chain.front().node)).front());
      shadowed.tests.emplace_back(
          graph.test(node), Reason{ReasonKind::shadowed_header, std::move(path), std::move(chain)});
    }
  }
  return shadowed;
}

} // namespace winnow::select
