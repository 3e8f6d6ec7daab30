// Compares times of files with those of commands.
#include "daemon/client/current_copies.hpp"

#include "analyzer/ingest/ninja_log.hpp"
#include "analyzer/model/step_outputs.hpp"
#include "daemon/client/asked_outputs.hpp"
#include "daemon/client/file_status.hpp"
#include "daemon/client/rebuild_notes.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

class CurrentCopies {
 public:
  CurrentCopies(const BuildContext& context, ingest::NinjaLog log)
      : graph_(context.graph), roots_(context.tree.roots), log_(std::move(log)), notes_(roots_)
  {}

  bool is_current(FileId copy)
  {
    const StepId step = producer_of(copy).value();
    const std::optional<std::int64_t> changed_ns = last_change_of_inputs(step);
    return changed_ns && *changed_ns < made_ns(step);
  }

 private:
  [[nodiscard]] std::optional<StepId> producer_of(FileId file) const
  {
    const Neighbours producers = graph_.dependencies(graph_.node(file));
    return producers.empty() ? std::nullopt : std::optional(graph_.step(producers[0].node));
  }

  /// When its command ran at the earliest; 0 if that is not known.
  [[nodiscard]] std::int64_t made_ns(StepId step) const
  {
    std::int64_t newest_ns = 0;
    for (const FileId output : stated_outputs(graph_, step)) {
      const std::string_view path = graph_.path(output);
      const auto logged =
          log_.find(origin_of(path) == Origin::build ? ninja_name(path) : roots_.absolute(path));
      newest_ns =
          std::max({newest_ns, look_at(roots_.absolute(path)).changed_ns, notes_.ran_ns(path)});
      if (logged != log_.end()) {
        newest_ns = std::max({newest_ns, logged->second.mtime_ns, logged->second.ended_after_ns});
      }
    }
    return newest_ns;
  }

  /// Nothing if one of them is missing.
  std::optional<std::int64_t> last_change_of_inputs(StepId step)
  {
    const auto [at, added] = changed_ns_.try_emplace(step, 0);
    if (!added) {
      return at->second;
    }
    std::optional<std::int64_t> newest_ns = 0;
    for (const Neighbour input : graph_.dependencies(graph_.node(step))) {
      const std::optional<std::int64_t> changed_ns = last_change(graph_.file(input.node));
      newest_ns =
          newest_ns && changed_ns ? std::optional(std::max(*newest_ns, *changed_ns)) : std::nullopt;
    }
    changed_ns_[step] = newest_ns;
    return newest_ns;
  }

  std::optional<std::int64_t> last_change(FileId file)
  {
    const std::optional<StepId> producer = producer_of(file);
    const StepKind kind = producer ? graph_.step_kind(*producer) : StepKind::other;
    if (kind == StepKind::custom || kind == StepKind::phony) {
      return last_change_of_inputs(*producer);
    }
    const FileStatus status = look_at(roots_.absolute(graph_.path(file)));
    return status.exists() ? std::optional(status.changed_ns) : std::nullopt;
  }

  const Graph& graph_;
  const Roots& roots_;
  ingest::NinjaLog log_;
  RebuildNotes notes_;
  std::map<StepId, std::optional<std::int64_t>> changed_ns_; ///< of its inputs; 0 while looked for
};

} // namespace

bool are_current(const BuildContext& context, std::span<const FileId> copies)
{
  if (copies.empty()) {
    return true;
  }
  Result<ingest::NinjaLog> log = ingest::read_ninja_log(context.tree.roots.build + "/.ninja_log");
  if (log.has_error()) {
    return false;
  }
  CurrentCopies current(context, std::move(*log));
  return std::ranges::all_of(copies, [&](FileId copy) { return current.is_current(copy); });
}

} // namespace winnow::client
