// Runs one program as a test: spawned, contained, captured, measured.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/execute/cpu_pool.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow::execute {

/// What becomes of processes that are left of the group when the program itself ended.
enum class Leftovers {
  end, ///< given a moment to end by themselves, then killed and reported
  keep ///< they live on: a fixture's setup leaves its server
};

struct ProcessSpec {
  std::vector<std::string> command;     ///< argv; command[0] is a path with a slash
  std::vector<std::string> environment; ///< "NAME=value", complete
  std::string directory;                ///< absolute
  std::uint32_t umask = 022;
  Cpus cpus;          ///< it may run on; empty: on all that we may
  int output_fd = -1; ///< both standard output and standard error; appended to
  std::optional<std::chrono::microseconds> timeout;
  /// Sent to the program alone when its time is up; what is left after the grace is killed. 0: all
  /// is killed at once.
  int timeout_signal = 0;
  std::chrono::microseconds timeout_grace{1'000'000};
  Leftovers leftovers = Leftovers::end;
  /// How long what is left of the group may take to end by itself: a pipeline's last process often
  /// ends just after the shell that waited for another.
  std::chrono::milliseconds leftover_grace{100};
};

enum class EndedBy { itself, timeout, request };

/// The processes that a fixture's setup left running. Destroying it kills them.
class KeptGroup {
 public:
  virtual ~KeptGroup() = default;
  /// The command lines of those that live now.
  [[nodiscard]] virtual std::vector<std::string> command_lines() const = 0;
};

struct ProcessEnd {
  EndedBy ended_by = EndedBy::itself;
  bool heeded_timeout_signal = false; ///< it ended within the grace
  int exit_code = 0;
  int signal = 0;              ///< that ended it, 0 if it exited
  std::string unknown_because; ///< why nobody can tell how it ended; "" if exit_code and signal do
  std::int64_t started_us = 0;
  std::int64_t duration_us = 0;
  std::int64_t clock_us = 0; ///< since its clock began anew, else the same
  std::int64_t cpu_us = 0;
  /// Of its largest process; the kernel never tells less than our own size at the spawn.
  std::uint64_t peak_memory_bytes = 0;
  /// Command lines of what was left of its group and had to be ended.
  std::vector<std::string> leaked;
  std::shared_ptr<KeptGroup> kept; ///< set if Leftovers::keep kept any
};

/// A running test. Destroying it kills the whole process group. All calls on the executor's thread.
class Process {
 public:
  virtual ~Process() = default;
  /// Ends the whole group now; `done` is then called as usual with EndedBy::request.
  virtual void kill() = 0;
  /// Lets its clock begin anew, with this much time (unset: without a limit) and this signal; false
  /// if its time is up already.
  virtual bool restart_clock(std::optional<std::chrono::microseconds> timeout,
                             int timeout_signal) = 0;
  /// Leads the session of its processes; for TreeUsages, which forgets it when `done` is called.
  [[nodiscard]] virtual pid_t leader() const = 0;
};

/// To be called before the first process is started: what else this process may have inherited lets
/// the kernel forget how its children end.
void expect_children();

/// Spawns `spec` in a session and process group of its own, stdin /dev/null. `done` is called once,
/// never from inside this call, after the program ended and nothing of its group is left (unless
/// the specification keeps it). An environment error says what could not be started and why
/// (missing program, missing directory, no descriptors).
Result<std::unique_ptr<Process>> start_process(const boost::asio::any_io_executor& executor,
                                               const ProcessSpec& spec,
                                               std::function<void(const ProcessEnd&)> done);

} // namespace winnow::execute
