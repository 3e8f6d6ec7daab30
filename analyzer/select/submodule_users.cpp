// Follows all files below a submodule, once for each.
#include "analyzer/select/submodule_users.hpp"

#include "analyzer/model/reach.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/select/changed_nodes.hpp"

#include <algorithm>
#include <vector>

namespace winnow::select {

bool SubmoduleUsers::add_users(std::string_view path)
{
  const auto around = std::ranges::find_if(
      submodules_, [&](const std::string& submodule) { return is_within(path, submodule); });
  if (around == submodules_.end()) {
    return false;
  }
  const auto [known, is_new] = added_.try_emplace(*around, false);
  if (is_new) {
    known->second = add_users_of(*around, path);
  }
  return known->second;
}

bool SubmoduleUsers::add_users_of(std::string_view submodule, std::string_view path)
{
  std::vector<NodeId> seeds;
  for (const FileId file : files_below(graph_, submodule)) {
    seeds.push_back(graph_.node(file));
  }
  bool used = false;
  const Reach reached = reach(graph_, seeds, Direction::dependents);
  for (const NodeId node : reached.nodes()) {
    if (graph_.kind(node) == NodeKind::test) {
      tests_.add(graph_.test(node), ReasonKind::same_submodule, path, {}, reached.chain_to(node));
      used = true;
    }
  }
  return used;
}

} // namespace winnow::select
