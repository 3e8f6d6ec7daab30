// Ninja's log first, the outputs themselves where it says nothing.
#include "daemon/client/build_times.hpp"

#include "analyzer/model/step_outputs.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

namespace winnow::client {

BuildTimes::BuildTimes(const Graph& graph, const Roots& roots, const RebuildNotes& notes)
    : graph_(graph), roots_(roots), notes_(notes), statuses_(graph.file_count())
{
  if (Result<ingest::NinjaLog> log = ingest::read_ninja_log(roots.build + "/.ninja_log")) {
    log_ = std::move(*log);
  }
}

const FileStatus& BuildTimes::status(FileId file)
{
  std::optional<FileStatus>& known = statuses_[file.value];
  if (!known) {
    known = look_at(roots_.absolute(graph_.path(file)));
  }
  return *known;
}

const StepTimes& BuildTimes::times(StepId step)
{
  const auto [at, added] = times_.try_emplace(step);
  if (added) {
    at->second = look_up(step);
  }
  return at->second;
}

const ingest::NinjaLogEntry* BuildTimes::entry_of(std::string_view output) const
{
  if (!log_) {
    return nullptr;
  }
  const auto found = log_->find(origin_of(output) == Origin::build
                                    ? std::string(output.substr(build_prefix.size()))
                                    : roots_.absolute(output));
  return found == log_->end() ? nullptr : &found->second;
}

/// A step is as old as its oldest output, but younger than the removal of any.
StepTimes BuildTimes::look_up(StepId step)
{
  StepTimes times{.made_ns = std::numeric_limits<std::int64_t>::max()};
  std::int64_t removed_ns = 0;
  for (const FileId file : stated_outputs(graph_, step)) {
    const FileStatus& present = status(file);
    if (!present.exists()) {
      times.waits = true;
      return times;
    }
    const ingest::NinjaLogEntry* entry = entry_of(graph_.path(file));
    const bool timed = entry != nullptr && entry->mtime_ns > 0;
    const std::int64_t duration_ns = entry == nullptr ? 0 : entry->duration_ms * 1'000'000;
    times.noted = times.noted && (entry != nullptr || !log_);
    times.made_ns = std::min(times.made_ns, timed ? entry->mtime_ns : present.written_ns);
    times.ended_ns = std::max(times.ended_ns, present.written_ns + duration_ns);
    removed_ns = std::max(removed_ns, notes_.removed_ns(graph_.path(file)));
  }
  times.made_ns = std::max(times.made_ns, removed_ns);
  return times;
}

} // namespace winnow::client
