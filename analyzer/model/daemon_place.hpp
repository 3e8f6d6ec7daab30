// Where the daemon of a user listens and keeps its state: what client and daemon must agree on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

/// Sent by both sides in the header `Winnow-Protocol`; a daemon refuses any other.
inline constexpr const char* protocol_version = "5";

struct DaemonPlace {
  std::string socket_dir; ///< holds `socket` and `lock`; mode 0700
  std::string state_dir;  ///< holds the database, outputs of runs and the daemon's log; mode 0700
};

/// From XDG_RUNTIME_DIR, TMPDIR, XDG_STATE_HOME and HOME in `environment` ("NAME=value"); relative
/// and empty values count as absent, as the XDG base directory specification has it.
DaemonPlace daemon_place(const std::vector<std::string>& environment, std::uint32_t uid);

} // namespace winnow
