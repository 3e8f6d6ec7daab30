// When the steps of a build tree were made, and when their files changed.
#pragma once

#include "analyzer/ingest/ninja_log.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/roots.hpp"
#include "daemon/client/file_status.hpp"
#include "daemon/client/rebuild_notes.hpp"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace winnow::client {

struct StepTimes {
  bool waits = false;        ///< an output is missing: ninja makes the step anew
  bool noted = true;         ///< ninja knows of having made it; else it makes it anew as well
  std::int64_t made_ns = 0;  ///< nothing that changed before is missing in it
  std::int64_t ended_ns = 0; ///< its command wrote nothing later
};

/// Asks for each file and step once. Not thread-safe.
class BuildTimes {
 public:
  /// All must outlive this.
  BuildTimes(const Graph& graph, const Roots& roots, const RebuildNotes& notes);

  const FileStatus& status(FileId file);
  const StepTimes& times(StepId step);

 private:
  [[nodiscard]] const ingest::NinjaLogEntry* entry_of(std::string_view output) const;
  StepTimes look_up(StepId step);

  const Graph& graph_;
  const Roots& roots_;
  const RebuildNotes& notes_;
  std::optional<ingest::NinjaLog> log_; ///< nothing if it cannot be read
  std::vector<std::optional<FileStatus>> statuses_;
  std::unordered_map<StepId, StepTimes> times_;
};

} // namespace winnow::client
