// Runs one program as a test: spawned, contained, captured, measured.
#pragma once

#include "analyzer/model/error.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow::execute {

struct ProcessSpec {
  std::vector<std::string> command;     ///< argv; command[0] is a path with a slash
  std::vector<std::string> environment; ///< "NAME=value", complete
  std::string directory;                ///< absolute
  std::uint32_t umask = 022;
  int output_fd = -1; ///< both standard output and standard error; appended to
  std::optional<std::chrono::microseconds> timeout;
};

enum class EndedBy { itself, timeout, request };

struct ProcessEnd {
  EndedBy ended_by = EndedBy::itself;
  int exit_code = 0;
  int signal = 0; ///< that ended it, 0 if it exited
  std::int64_t started_us = 0;
  std::int64_t duration_us = 0;
  std::int64_t cpu_us = 0;
  std::uint64_t peak_memory_bytes = 0;
  std::vector<std::string> leaked; ///< command lines of what was left of its group and had to be ended
};

/// A running test. Destroying it kills the whole process group. All calls on the executor's thread.
class Process {
 public:
  virtual ~Process() = default;
  /// Ends the whole group now; `done` is then called as usual with EndedBy::request.
  virtual void kill() = 0;
};

/// Spawns `spec` in a session and process group of its own, stdin /dev/null. `done` is called once, never
/// from inside this call, after the program ended and nothing of its group is left. An environment error
/// says what could not be started and why (missing program, missing directory, no descriptors).
Result<std::unique_ptr<Process>> start_process(const boost::asio::any_io_executor& executor,
                                               const ProcessSpec& spec,
                                               std::function<void(const ProcessEnd&)> done);

} // namespace winnow::execute
