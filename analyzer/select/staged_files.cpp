// Looks ahead, depth first, until there is a test.
#include "analyzer/select/staged_files.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/model/wildcard.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/possible_use.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace winnow::select {
namespace {

constexpr std::array<std::string_view, 6> for_others{"*.pc",    "Doxyfile*", "*.desktop",
                                                     "*.plist", "*.spec",    "*.cps"};

/// Of a file that only says that, or when, a command ran; so do names of targets.
bool is_mark(std::string_view path)
{
  static constexpr std::array<std::string_view, 7> extensions{"",          "stamp", "d",  "dep",
                                                              "timestamp", "log",   "tmp"};
  return std::ranges::find(extensions, extension_of(path)) != extensions.end();
}

} // namespace

bool may_be_staged(std::string_view path)
{
  return may_be_data(path) && std::ranges::none_of(for_others, [&](std::string_view pattern) {
           return matches(pattern, base_name(path));
         });
}

std::string_view ruled_name(std::string_view path)
{
  return origin_of(path) == Origin::build ? path.substr(build_prefix.size()) : path;
}

bool is_called_like(std::string_view copy, std::string_view original)
{
  const std::string_view name = base_name(copy);
  const std::string_view from = base_name(original);
  return from.starts_with(name) && (from.size() == name.size() || from[name.size()] == '.');
}

bool StagedFiles::is_staged(FileId file)
{
  const Neighbours producers = graph_.dependencies(graph_.node(file));
  const std::string_view path = graph_.path(file);
  if (producers.empty() || !may_be_staged(path)) {
    return false;
  }
  const StepId step = graph_.step(producers[0].node);
  if (graph_.step_kind(step) != StepKind::custom || !graph_.is_built_by_default(step) ||
      is_configure_step(graph_, step) || leads_to_test(graph_.node(file))) {
    return false;
  }
  if (!is_mark(path)) {
    return true;
  }
  const Neighbours outputs = graph_.dependents(producers[0].node);
  return reads_data(step) && std::none_of(outputs.begin(), outputs.end(), [&](Neighbour output) {
           return leads_to_test(output.node);
         });
}

/// What compilers and linkers make is none.
bool StagedFiles::reads_data(StepId step) const
{
  const Neighbours inputs = graph_.dependencies(graph_.node(step));
  return std::any_of(inputs.begin(), inputs.end(), [&](Neighbour input) {
    const FileId file = graph_.file(input.node);
    const Neighbours producers = graph_.dependencies(input.node);
    const std::string_view path = graph_.path(file);
    const bool made = !producers.empty();
    const bool built = made && graph_.step_kind(graph_.step(producers[0].node)) != StepKind::custom;
    return !built && !(made && is_mark(path)) && may_be_staged(path);
  });
}

bool StagedFiles::leads_to_test(NodeId node)
{
  states_.resize(graph_.node_count(), State::unseen);
  std::vector<std::pair<NodeId, std::size_t>> path{{node, 0}};
  bool leads = states_[node.value] == State::leads;
  if (leads || states_[node.value] == State::fails) {
    return leads;
  }
  while (!path.empty() && !leads) {
    auto& [at, next] = path.back();
    states_[at.value] = State::open;
    const Neighbours users = graph_.dependents(at);
    if (graph_.kind(at) == NodeKind::test) {
      leads = true;
    } else if (next == users.size()) {
      states_[at.value] = State::fails;
      path.pop_back();
    } else {
      const Neighbour user = users[next++];
      const bool counts = user.kind != EdgeKind::below_argument && !is_mention(user.kind);
      const State known = states_[user.node.value];
      leads = counts && known == State::leads;
      if (counts && known == State::unseen) {
        path.emplace_back(user.node, 0);
      }
    }
  }
  for (const auto& [leading, next] : path) {
    states_[leading.value] = State::leads;
  }
  return leads;
}

} // namespace winnow::select
