// Compares times of files with those of commands.
#include "daemon/client/current_copies.hpp"

#include "analyzer/ingest/ninja_log.hpp"
#include "daemon/client/asked_outputs.hpp"
#include "daemon/client/file_status.hpp"
#include "daemon/client/rebuild_notes.hpp"

#include <algorithm>
#include <cstdint>
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
      : graph_(context.graph),
        roots_(context.tree.roots),
        log_(std::move(log)),
        notes_(roots_),
        configured_ns_(look_at(roots_.build + "/build.ninja").written_ns)
  {}

  bool is_current(FileId copy)
  {
    const StepId step = producer_of(copy).value();
    const Run run = last_run(step, copy);
    const std::optional<std::int64_t> changed_ns = last_change(step, run);
    return changed_ns && *changed_ns < run.began_ns &&
           (run.of_this_command || configured_ns_ < run.began_ns);
  }

 private:
  /// Of a command, as far as it is known.
  struct Run {
    std::int64_t began_ns = 0;
    bool of_this_command = false; ///< else it may have been another one before the last configuring
    bool leaves_file = false;
  };

  [[nodiscard]] std::optional<StepId> producer_of(FileId file) const
  {
    const Neighbours producers = graph_.dependencies(graph_.node(file));
    return producers.empty() ? std::nullopt : std::optional(graph_.step(producers[0].node));
  }

  [[nodiscard]] Run last_run(StepId step, FileId copy) const
  {
    const std::string_view path = graph_.path(copy);
    const FileStatus status = look_at(roots_.absolute(path));
    const auto logged =
        log_.find(origin_of(path) == Origin::build ? ninja_name(path) : roots_.absolute(path));
    Run run{0, false, status.exists()};
    if (logged != log_.end()) { // the time of what it wrote, before ninja 1.12
      run.began_ns = logged->second.mtime_ns - logged->second.duration_ms * 1'000'000;
    }
    const std::optional<RebuildNotes::Ran> noted = notes_.ran(path);
    // Else another command ran since.
    if (noted && logged != log_.end() && noted->logged_hash == logged->second.command_hash) {
      run.of_this_command = noted->fingerprint == graph_.fingerprint(step);
      run.began_ns = std::max(run.began_ns, noted->began_ns);
    }
    return run;
  }

  /// The newest of all that the step works from, also through other commands; nothing if one of
  /// the files is missing.
  [[nodiscard]] std::optional<std::int64_t> last_change(StepId first, const Run& run) const
  {
    std::int64_t newest_ns = 0;
    std::set<StepId> entered{first};
    std::vector<StepId> pending{first};
    while (!pending.empty()) {
      const NodeId step = graph_.node(pending.back());
      pending.pop_back();
      for (const Neighbour input : graph_.dependencies(step)) {
        const std::optional<StepId> producer = producer_of(graph_.file(input.node));
        const StepKind kind = producer ? graph_.step_kind(*producer) : StepKind::other;
        const std::string path = roots_.absolute(graph_.path(graph_.file(input.node)));
        const FileStatus status = look_at(path);
        if (kind == StepKind::custom || kind == StepKind::phony) {
          if (entered.insert(*producer).second) {
            pending.push_back(*producer);
          }
        } else if (!status.exists()) {
          return std::nullopt;
        }
        newest_ns = std::max(newest_ns, kind == StepKind::custom ? 0 : status.changed_ns);
        if (input.kind == EdgeKind::named_in_command && !run.leaves_file) {
          // A directory may be named, and a file be gone from it. Who is not always run is not run
          // for that.
          newest_ns = std::max(newest_ns, look_at(path.substr(0, path.rfind('/'))).changed_ns);
        }
      }
    }
    return newest_ns;
  }

  const Graph& graph_;
  const Roots& roots_;
  ingest::NinjaLog log_;
  RebuildNotes notes_;
  std::int64_t configured_ns_;
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
