// Submits a run to the daemon and shows its events until it ends.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/run_event.hpp"
#include "analyzer/model/run_request.hpp"
#include "daemon/client/daemon_connection.hpp"
#include "daemon/client/job_server.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace winnow::client {

/// Gives the kept output of the test that just finished.
using OutputOfTest = std::function<Result<std::string>()>;

/// What a run looks like to the one who started it.
class RunDisplay {
 public:
  virtual ~RunDisplay() = default;

  virtual void event_line(const std::string&) {} ///< as it came, before it is shown

  virtual void run_started(const RunStarted&) {}

  virtual void test_started(const TestStarted&) {}

  virtual void test_finished(const TestResult& result, const OutputOfTest& output) = 0;

  virtual void chunk_finished(const ChunkFinished&) {}

  /// Results are held back because they cannot be made durable; with an empty message no more.
  virtual void store_trouble(const StoreTrouble&) {}

  /// Whether it is time to ask how long the run will still take.
  virtual bool wants_time_left() { return false; }

  /// That, as far as the daemon can tell.
  virtual void time_left(std::optional<double>) {}

  /// A moment has passed: time for a status bar or a heartbeat.
  virtual void tick() {}

  virtual void run_finished(const RunFinished&) {}
};

struct RunOutcome {
  std::string run_id;
  std::uint32_t failed = 0;
  std::uint32_t finished = 0;
  std::map<std::uint32_t, TestResult> results; ///< of the last attempts, by index in the request
  RunEnd end = RunEnd::incomplete;             ///< until the run says otherwise
  bool interrupted = false;                    ///< by Ctrl-C

  /// Whether each of so many tests has been heard of, and none is missing for being cancelled.
  [[nodiscard]] bool is_whole(std::size_t tests) const
  {
    return end == RunEnd::completed && finished == tests;
  }
};

/// A trouble of the store in words.
std::string trouble_text(const StoreTrouble& event);

/// Ctrl-C once cancels what waits, twice kills what runs. The run ends with this process. With a
/// job server, tests start as it has tokens for them; it has them all back at the end.
Result<RunOutcome> run_and_follow(DaemonAccess& access, const RunRequest& request,
                                  RunDisplay& display,
                                  std::optional<JobServer> job_server = std::nullopt);

/// Only submits; the id of the run.
Result<std::string> submit_run(DaemonConnection& connection, const RunRequest& request);

} // namespace winnow::client
