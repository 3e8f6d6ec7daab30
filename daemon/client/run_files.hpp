// The files that a run leaves where its user asks for them.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/shadow.hpp"
#include "daemon/client/daemon_connection.hpp"

#include <optional>
#include <string>

namespace winnow::client {

struct RunFiles {
  std::string junit;   ///< "" for none
  std::string results; ///< "" for none
};

/// Writes them for a run that has ended. The results have what a selection would have skipped;
/// JUnit says nothing of it: to its readers the run is one of everything.
Result<void> write_run_files(DaemonAccess& access, const std::string& run_id, const RunFiles& files,
                             const std::optional<ShadowReport>& shadow);

} // namespace winnow::client
