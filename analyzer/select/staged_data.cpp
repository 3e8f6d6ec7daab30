// Follows changed data to where the graph ends.
#include "analyzer/select/staged_data.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/select/file_kind.hpp"
#include "analyzer/select/possible_use.hpp"

#include <algorithm>
#include <set>

namespace winnow::select {
namespace {

/// Looks behind names, and behind commands that only people ask for.
class Users {
 public:
  explicit Users(const Graph& graph) : graph_(graph) {}

  bool use(NodeId file)
  {
    return entered_.insert(file).second &&
           std::ranges::any_of(graph_.dependents(file),
                               [&](Neighbour user) { return is_use(user); });
  }

 private:
  bool is_use(Neighbour user)
  {
    if (user.kind == EdgeKind::below_argument || user.kind == EdgeKind::mentioned) {
      return false;
    }
    if (graph_.kind(user.node) != NodeKind::step) {
      return true;
    }
    const StepId step = graph_.step(user.node);
    const StepKind kind = graph_.step_kind(step);
    const bool leads_on =
        kind == StepKind::phony || (kind == StepKind::custom && !graph_.is_built_by_default(step) &&
                                    !is_configure_step(graph_, step));
    return !leads_on || std::ranges::any_of(graph_.dependents(user.node),
                                            [&](Neighbour output) { return use(output.node); });
  }

  const Graph& graph_;
  std::set<NodeId> entered_;
};

bool is_left_by_configuring(const Graph& graph, FileId file)
{
  return origin_of(graph.path(file)) == Origin::build && !graph.is_output(file) &&
         may_be_data(graph.path(file)) && !Users(graph).use(graph.node(file));
}

/// `x.json` for `x.json` and `x.json.in`.
bool is_called_like(std::string_view copy, std::string_view original)
{
  const std::string_view name = base_name(copy);
  return base_name(original).starts_with(name) &&
         (base_name(original).size() == name.size() || base_name(original)[name.size()] == '.');
}

} // namespace

bool is_staged(const Graph& graph, NodeId file)
{
  const Neighbours producers = graph.dependencies(file);
  if (producers.empty()) {
    return false;
  }
  const StepId step = graph.step(producers[0].node);
  if (graph.step_kind(step) != StepKind::custom || !graph.is_built_by_default(step) ||
      is_configure_step(graph, step)) {
    return false;
  }
  Users users(graph);
  return std::ranges::none_of(graph.dependents(producers[0].node),
                              [&](Neighbour output) { return users.use(output.node); });
}

std::vector<StagedData> staged_data(const Graph& graph, std::span<const TouchedPath> touched,
                                    std::span<const std::string> configured_by, RuleBook& rules)
{
  std::vector<StagedData> staged;
  std::vector<NodeId> seeds;
  std::vector<std::string_view> configure;
  for (const TouchedPath& one : touched) {
    if (!may_be_data(one.path) || rules.ignored_by(one.path)) {
      continue;
    }
    for (const FileId file : one.files) {
      seeds.push_back(graph.node(file));
    }
    if (std::ranges::find(configured_by, one.path) != configured_by.end()) {
      configure.push_back(one.path);
    }
  }
  const Reach reached = reach(graph, seeds, Direction::dependents);
  for (const NodeId node : reached.nodes()) {
    if (graph.kind(node) == NodeKind::file && is_staged(graph, node)) {
      std::vector<ChainLink> chain = reached.chain_to(node);
      const std::string_view changed = graph.path(graph.file(chain.front().node));
      staged.push_back({changed, node, std::move(chain)});
    }
  }
  for (const FileId file :
       configure.empty() ? std::vector<FileId>() : files_below(graph, build_directory)) {
    for (const std::string_view changed : configure) {
      if (is_called_like(graph.path(file), changed) && is_left_by_configuring(graph, file)) {
        staged.push_back({changed, graph.node(file), {}});
      }
    }
  }
  return staged;
}

std::vector<NodeId> unread_configured_files(const Graph& base, const Graph& head)
{
  std::vector<NodeId> files;
  for (const FileId file : files_below(head, build_directory)) {
    const std::optional<FileId> at_base = base.find_file(head.path(file));
    const ContentHash now = head.recorded_hash(file);
    const ContentHash then = at_base ? base.recorded_hash(*at_base) : ContentHash();
    if (now.known() && then.known() && !same_content(now, then) &&
        is_left_by_configuring(head, file)) {
      files.push_back(head.node(file));
    }
  }
  return files;
}

} // namespace winnow::select
