// Goes through one directory of the files, which are ordered by their paths.
#include "analyzer/select/beside_inputs.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/model/script_extension.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/staged_files.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <set>
#include <string>

namespace winnow::select {
namespace {

/// With each file directly in the directory; what lies in one below is leapt over.
void for_each_file_in(const Graph& graph, std::string_view directory,
                      const std::function<void(FileId)>& visit)
{
  const std::string prefix = directory.empty() ? "" : std::string(directory) + "/";
  const auto ids =
      std::views::iota(std::uint32_t{0}, static_cast<std::uint32_t>(graph.file_count()));
  const auto first_from = [&](std::string_view path) {
    return std::ranges::lower_bound(ids, path, {},
                                    [&](std::uint32_t file) { return graph.path(FileId{file}); });
  };
  for (auto id = first_from(prefix);
       id != ids.end() && graph.path(FileId{*id}).starts_with(prefix);) {
    const std::string_view path = graph.path(FileId{*id});
    const std::size_t slash = path.find('/', prefix.size());
    if (slash == std::string_view::npos) {
      visit(FileId{*id++});
    } else {
      constexpr char behind_slash = '/' + 1;
      id = first_from(std::string(path.substr(0, slash)) + behind_slash);
    }
  }
}

bool puts_elsewhere(const Graph& graph, NodeId step, std::string_view input)
{
  const Neighbours outputs = graph.dependents(step);
  return std::any_of(outputs.begin(), outputs.end(), [&](Neighbour output) {
    return is_called_like(graph.path(graph.file(output.node)), input);
  });
}

void add_commands_of(const Graph& graph, FileId input, std::set<StepId>& commands)
{
  for (const Neighbour reader : graph.dependents(graph.node(input))) {
    if (graph.kind(reader.node) != NodeKind::step || is_mention(reader.kind)) {
      continue;
    }
    const StepId step = graph.step(reader.node);
    if (graph.step_kind(step) == StepKind::custom && !is_configure_step(graph, step) &&
        graph.header_list(step) != HeaderList::recorded &&
        !puts_elsewhere(graph, reader.node, graph.path(input))) {
      commands.insert(step);
    }
  }
}

bool is_mentioned_by_command(const Graph& graph, std::string_view path)
{
  const std::optional<FileId> file = graph.find_file(path);
  const Neighbours users = file ? graph.dependents(graph.node(*file)) : Neighbours();
  return std::any_of(users.begin(), users.end(),
                     [](Neighbour user) { return user.kind == EdgeKind::mentioned; });
}

} // namespace

std::vector<StepId> commands_beside(const Graph& graph, std::string_view path)
{
  std::set<StepId> commands;
  if (is_mentioned_by_command(graph, path)) {
    return {};
  }
  const auto add_from = [&](std::string_view directory, std::string_view extension) {
    for_each_file_in(graph, directory, [&](FileId file) {
      const std::string_view input = graph.path(file);
      const bool alike = !extension.empty() && extension_of(input) == extension;
      if (!graph.is_output(file) && (alike || has_script_extension(input))) {
        add_commands_of(graph, file, commands);
      }
    });
  };
  const std::string_view directory = directory_of(path);
  add_from(directory, extension_of(path));
  if (const std::string_view above = directory_of(directory); !above.empty()) {
    add_from(above, {});
  }
  return {commands.begin(), commands.end()};
}

std::vector<TestReason> tests_of_commands_beside(const Graph& graph, std::string_view path)
{
  std::vector<NodeId> seeds;
  for (const StepId step : commands_beside(graph, path)) {
    seeds.push_back(graph.node(step));
  }
  std::vector<TestReason> tests;
  const Reach reached = reach(graph, seeds, Direction::dependents);
  for (const NodeId node : reached.nodes()) {
    if (graph.kind(node) == NodeKind::test) {
      tests.emplace_back(graph.test(node), Reason{ReasonKind::beside_input, std::string(path),
                                                  reached.chain_to(node)});
    }
  }
  return tests;
}

} // namespace winnow::select
