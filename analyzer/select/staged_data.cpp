// Follows changed data to where the graph ends.
#include "analyzer/select/staged_data.hpp"

#include "analyzer/model/file_kind.hpp"
#include "analyzer/model/roots.hpp"
#include "analyzer/select/possible_use.hpp"
#include "analyzer/select/staged_files.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <utility>

namespace winnow::select {
namespace {

/// What a linker is told, rather than what is copied behind it.
bool is_linker_script(std::string_view path)
{
  static constexpr std::array<std::string_view, 3> extensions{"ld", "lds", "exports"};
  return std::ranges::find(extensions, extension_of(path)) != extensions.end();
}

class Staging {
 public:
  explicit Staging(const Graph& graph) : graph_(graph), files_(graph) {}

  void add(const TouchedPath& touched)
  {
    if (!may_be_data(touched.path)) {
      add_copies(touched);
      return;
    }
    for (const FileId file : touched.files) {
      if (!may_be_own_output(file)) {
        changed_.emplace(graph_.node(file), touched.path);
      }
    }
    if (has_come_or_gone(touched) && origin_of(touched.path) == Origin::source) {
      add_neighbour(touched.path);
    }
  }

  std::vector<StagedData> follow() &&
  {
    std::map<std::string_view, std::vector<NodeId>> by_directory;
    std::vector<NodeId> all;
    for (const auto& [node, path] : changed_) {
      by_directory[directory_of(path)].push_back(node);
      all.push_back(node);
    }
    if (by_directory.size() > 1 && !find_staged(all)) {
      return std::move(staged_);
    }
    for (const auto& [directory, seeds] : by_directory) {
      add_staged(seeds);
    }
    return std::move(staged_);
  }

 private:
  bool find_staged(const std::vector<NodeId>& seeds)
  {
    const Reach reached = reach(graph_, seeds, Direction::dependents);
    return std::ranges::any_of(reached.nodes(),
                               [&](NodeId node) { return is_staged(reached, node); });
  }

  void add_staged(const std::vector<NodeId>& seeds)
  {
    const Reach reached = reach(graph_, seeds, Direction::dependents);
    for (const NodeId node : reached.nodes()) {
      if (is_staged(reached, node)) {
        std::vector<ChainLink> chain = reached.chain_to(node);
        const std::string_view changed = changed_.at(chain.front().node);
        staged_.push_back({changed, node, std::move(chain)});
      }
    }
  }

  bool is_staged(const Reach& reached, NodeId node)
  {
    return graph_.kind(node) == NodeKind::file &&
           (files_.is_staged(graph_.file(node)) || may_copy(reached, node));
  }

  /// A compiler's sources and headers may be data as well, where a command copies them.
  void add_copies(const TouchedPath& touched)
  {
    for (const FileId file : touched.files) {
      for (const Neighbour reader : graph_.dependents(graph_.node(file))) {
        const bool command = graph_.kind(reader.node) == NodeKind::step &&
                             graph_.step_kind(graph_.step(reader.node)) == StepKind::custom;
        for (const Neighbour output : command ? graph_.dependents(reader.node) : none()) {
          if (is_copy(graph_.file(output.node), touched.path)) {
            staged_.push_back({touched.path,
                               output.node,
                               {{graph_.node(file), {}},
                                {reader.node, reader.kind},
                                {output.node, output.kind}}});
          }
        }
      }
    }
  }

  [[nodiscard]] static Neighbours none() { return {}; }

  bool is_copy(FileId output, std::string_view original)
  {
    const Neighbours producers = graph_.dependencies(graph_.node(output));
    return base_name(graph_.path(output)) == base_name(original) &&
           graph_.is_built_by_default(graph_.step(producers[0].node)) &&
           !files_.leads_to_test(graph_.node(output));
  }

  struct Use {
    std::size_t files = 0;
    bool names_one = false;
  };

  /// A command that reads all files below a directory may name the directory, and read what comes
  /// there: then it is as if the first of them had changed.
  void add_neighbour(std::string_view path)
  {
    std::string_view directory = directory_of(path);
    std::vector<FileId> files;
    while (files.empty() && !directory.empty()) {
      files = files_below(graph_, directory);
      directory = directory_of(directory);
    }
    std::map<NodeId, Use> uses;
    for (const FileId file : files) {
      for (const Neighbour user : graph_.dependents(graph_.node(file))) {
        ++uses[user.node].files;
        uses[user.node].names_one |= user.kind == EdgeKind::named_in_command;
      }
    }
    if (std::ranges::any_of(uses, [&](const auto& use) {
          return use.second.names_one && use.second.files == files.size();
        })) {
      changed_.emplace(graph_.node(files.front()), path);
    }
  }

  /// What a command names in the build tree it may have made itself, without saying so.
  [[nodiscard]] bool may_be_own_output(FileId file) const
  {
    const Neighbours users = graph_.dependents(graph_.node(file));
    return origin_of(graph_.path(file)) == Origin::build && !graph_.is_output(file) &&
           std::all_of(users.begin(), users.end(),
                       [](Neighbour user) { return user.kind == EdgeKind::named_in_command; });
  }

  /// Whether the file is linked by a command that names the data that was reached before it.
  bool may_copy(const Reach& reached, NodeId file)
  {
    const Neighbours producers = graph_.dependencies(file);
    if (producers.empty() || graph_.step_kind(graph_.step(producers[0].node)) != StepKind::link) {
      return false;
    }
    const std::vector<ChainLink> chain = reached.chain_to(file);
    return chain.size() == 3 && chain[1].via == EdgeKind::named_in_command &&
           !is_linker_script(graph_.path(graph_.file(chain[0].node))) &&
           !files_.leads_to_test(file);
  }

  const Graph& graph_;
  StagedFiles files_;
  std::map<NodeId, std::string_view> changed_;
  std::vector<StagedData> staged_;
};

} // namespace

std::vector<StagedData> staged_data(const Graph& graph, std::span<const TouchedPath> touched,
                                    RuleBook& rules)
{
  Staging staging(graph);
  for (const TouchedPath& one : touched) {
    if (!rules.ignored_by(one.path)) {
      staging.add(one);
    }
  }
  return std::move(staging).follow();
}

} // namespace winnow::select
