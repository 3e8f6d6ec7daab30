// Collects what is older than an unseen input, and leaves to ninja what ninja makes anyhow.
#include "daemon/client/stale_steps.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/select/changed_nodes.hpp"
#include "analyzer/select/direct_edge.hpp"
#include "analyzer/select/named_like.hpp"
#include "analyzer/select/unseen_inputs.hpp"
#include "daemon/client/build_times.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::client {
namespace {

/// As people look for it.
std::string_view shown(std::string_view graph_path)
{
  return origin_of(graph_path) == Origin::build ? graph_path.substr(build_prefix.size())
                                                : graph_path;
}

class Search {
 public:
  Search(const StaleQuery& query, RebuildNotes& notes)
      : query_(query),
        graph_(query.graph),
        needed_(query.needed),
        notes_(notes),
        times_(query.graph, query.roots, notes)
  {}

  StaleSteps run() &&
  {
    for (const NodeId node : needed_.nodes()) {
      if (graph_.kind(node) == NodeKind::step) {
        look_at_inputs(graph_.step(node));
      } else if (graph_.kind(node) == NodeKind::file) {
        look_at_link(graph_.file(node));
      }
    }
    look_at_names();
    look_at_contents();
    for (const auto& [step, because] : stale_) {
      if (query_.ninja == NinjaRan::just_now || !is_made_anyhow(step)) {
        found_.steps.push_back({step, because});
      }
    }
    return std::move(found_);
  }

 private:
  /// Whether there is something that was made: a name for others never was, the configuration is
  /// judged before any build.
  [[nodiscard]] bool is_made(StepId step)
  {
    return graph_.step_kind(step) != StepKind::phony && !select::is_configure_step(graph_, step) &&
           !graph_.dependents(graph_.node(step)).empty() && !times_.times(step).waits;
  }

  void add(StepId step, std::string because) { stale_.try_emplace(step, std::move(because)); }

  void look_at_inputs(StepId step)
  {
    if (!is_made(step)) {
      return;
    }
    for (const FileId file : select::unseen_inputs(graph_, step)) {
      if (!times_.status(file).exists()) {
        if (!graph_.is_output(file)) {
          add(step, fmt::format("{}, which it reads, is gone", shown(graph_.path(file))));
        }
      } else if (changed_after(file, step) && !is_left_by(file, step)) {
        add(step,
            fmt::format("{}, which it reads, changed after it was made", shown(graph_.path(file))));
      }
    }
  }

  /// What one command makes may bear the same time as what the next one makes of it.
  [[nodiscard]] bool changed_after(FileId file, StepId step)
  {
    const std::int64_t made_ns = times_.times(step).made_ns;
    return graph_.is_output(file) ? changed_ns(file) > made_ns : changed_ns(file) >= made_ns;
  }

  /// Configuring sets the mode of all that it writes, each time, and only writes what is new. What
  /// it fetches may have old times.
  [[nodiscard]] std::int64_t changed_ns(FileId file)
  {
    const std::string_view path = graph_.path(file);
    const bool configured = !graph_.is_output(file) && origin_of(path) == Origin::build &&
                            !path.starts_with("@build/_deps/");
    return configured ? times_.status(file).written_ns : times_.status(file).changed_ns;
  }

  /// Whether a command wrote the file that it names, as a linker does its map.
  [[nodiscard]] bool is_left_by(FileId file, StepId step)
  {
    return !graph_.is_output(file) && changed_ns(file) <= times_.times(step).ended_ns &&
           !query_.sources.files.contains(graph_.path(file));
  }

  /// Ninja looks through a link, at a file that may be old.
  void look_at_link(FileId file)
  {
    const bool ours = origin_of(graph_.path(file)) != Origin::external;
    if (!ours || graph_.is_output(file) || times_.status(file).kind != FileStatus::Kind::link) {
      return;
    }
    for (const Neighbour reader : graph_.dependents(graph_.node(file))) {
      if (graph_.kind(reader.node) != NodeKind::step || !needed_.contains(reader.node)) {
        continue;
      }
      const StepId step = graph_.step(reader.node);
      if (is_made(step) && changed_after(file, step)) {
        add(step, fmt::format("the link {}, which leads to what it reads, changed after it was "
                              "made",
                              shown(graph_.path(file))));
      }
    }
  }

  /// Nothing was made since the recording, so that what has another content now was not read yet.
  /// Ninja goes by modification times, which a file may bring along from elsewhere.
  void look_at_contents()
  {
    std::vector<FileId> edited = query_.leaves.edited(query_.sources);
    for (const ChangedFile& file : query_.changed_outside) {
      if (const std::optional<FileId> known = graph_.find_file(file.path)) {
        edited.push_back(*known);
      }
    }
    for (const FileId file : edited) {
      const std::int64_t written_ns = times_.status(file).written_ns;
      for (const Neighbour reader : graph_.dependents(graph_.node(file))) {
        if (graph_.kind(reader.node) != NodeKind::step || !needed_.contains(reader.node)) {
          continue;
        }
        const StepId step = graph_.step(reader.node);
        if (is_made(step) && written_ns <= times_.times(step).made_ns) {
          add(step, fmt::format("{}, which it reads, changed without getting a newer time",
                                shown(graph_.path(file))));
        }
      }
    }
  }

  /// Headers that came or went, by the names under which they are looked for.
  void look_at_names()
  {
    const std::vector<std::string_view> paths(query_.came_or_gone.begin(),
                                              query_.came_or_gone.end());
    for (const auto& [step, found] : select::readers_of_names(graph_, paths)) {
      if (!needed_.contains(graph_.node(step))) {
        continue;
      }
      for (const std::string_view path : found) {
        look_at_name(step, path);
      }
    }
  }

  void look_at_name(StepId step, std::string_view path)
  {
    const FileStatus status = look_at(query_.roots.absolute(path));
    const std::int64_t since_ns =
        notes_.known_since(path, status.exists() ? Presence::there : Presence::gone);
    const StepTimes& times = times_.times(step);
    const bool told = ninja_compares(step, path);
    bool older = times.made_ns < since_ns;
    if (origin_of(path) == Origin::build) {
      // Written again and again, and by ninja before what waits for it.
      older = older && !times.waits && times.made_ns <= status.changed_ns;
    } else {
      older = older || times.waits || times.made_ns <= status.changed_ns;
    }
    if (!older || (told && !times.waits)) {
      return;
    }
    found_.headers_came_or_went = true;
    const bool unread =
        query_.ninja == NinjaRan::not_yet && graph_.header_list(step) != HeaderList::recorded;
    if (is_made(step) && !unread && !told) {
      add(step, fmt::format("{} has {}, and it may include a file of that name", shown(path),
                            status.exists() ? "appeared" : "vanished"));
    }
  }

  /// Whether ninja itself compares the step with the file.
  [[nodiscard]] bool ninja_compares(StepId step, std::string_view path) const
  {
    const std::optional<FileId> file = graph_.find_file(path);
    const std::optional<EdgeKind> edge =
        file ? select::direct_edge(graph_, graph_.node(*file), graph_.node(step)) : std::nullopt;
    return edge && select::is_seen_by_ninja(*edge);
  }

  /// Whether ninja makes the step anew by what it knows. Rather too rarely: after ninja ran, what
  /// is stale still is found again.
  bool is_made_anyhow(StepId step)
  {
    const auto [at, added] = made_anyhow_.try_emplace(step, false);
    if (!added) {
      return at->second;
    }
    const StepTimes& times = times_.times(step);
    const bool untold = graph_.step_kind(step) == StepKind::compile &&
                        graph_.header_list(step) != HeaderList::recorded;
    const Neighbours inputs = graph_.dependencies(graph_.node(step));
    const bool anyhow =
        times.waits || !times.noted || untold ||
        std::any_of(inputs.begin(), inputs.end(), [&](Neighbour input) {
          return select::is_seen_by_ninja(input.kind) && makes_anew(graph_.file(input.node), step);
        });
    return made_anyhow_[step] = anyhow;
  }

  bool makes_anew(FileId input, StepId step)
  {
    const Neighbours producers = graph_.dependencies(graph_.node(input));
    if (producers.empty()) {
      const FileStatus& status = times_.status(input);
      return !status.exists() || status.written_ns > times_.times(step).made_ns;
    }
    const StepId producer = graph_.step(producers[0].node);
    const StepKind kind = graph_.step_kind(producer);
    // A command that writes the same again makes nothing anew behind it.
    const bool passes_on =
        kind == StepKind::compile || kind == StepKind::archive || kind == StepKind::link;
    return stale_.contains(producer) || (passes_on && is_made_anyhow(producer));
  }

  const StaleQuery& query_;
  const Graph& graph_;
  const Reach& needed_;
  RebuildNotes& notes_;
  BuildTimes times_;
  std::map<StepId, std::string> stale_;
  std::unordered_map<StepId, bool> made_anyhow_;
  StaleSteps found_;
};

} // namespace

StaleSteps find_stale_steps(const StaleQuery& query, RebuildNotes& notes)
{
  return Search(query, notes).run();
}

} // namespace winnow::client
