// The files that a run leaves where its user asks for them.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/planned_run.hpp"
#include "analyzer/model/run_request.hpp"
#include "analyzer/model/shadow.hpp"
#include "daemon/client/daemon_connection.hpp"

#include <optional>
#include <string>

namespace winnow::client {

struct RunFiles {
  std::string junit;            ///< "" for none
  std::string results;          ///< "" for none
  std::string annotations = {}; ///< of this CI system; "" for none
};

/// What the client knows of a run and the daemon does not.
struct KnownOfRun {
  std::optional<ShadowReport> shadow;
  const PlannedRun* planned = nullptr; ///< of a run of a plan, which has no shadow
};

/// Writes them for a run that has ended. The results have what is known of it; JUnit says nothing
/// of what a selection would have skipped: to its readers the run is one of everything.
Result<void> write_run_files(DaemonAccess& access, const std::string& run_id, const RunFiles& files,
                             const KnownOfRun& known);

/// The results of a chunk whose targets turned out to have no test, which nothing ran: without them
/// it would be missing among those of its plan. `path` may be "", and `planned` null: nothing.
Result<void> write_empty_results(const RunRequest& request, const std::string& path,
                                 const PlannedRun* planned);

} // namespace winnow::client
