// One run: what was asked, what became of each test so far, and the events its followers read.
#pragma once

#include "analyzer/model/run_event.hpp"
#include "analyzer/model/run_request.hpp"
#include "daemon/execute/output_file.hpp"
#include "daemon/serve/ended_run.hpp"
#include "daemon/serve/event_log.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace winnow::serve {

/// Keeps counts and events consistent; decides nothing and starts nothing.
class Run {
 public:
  Run(std::string id, RunRequest request, std::uint32_t slots, std::int64_t now_us);

  [[nodiscard]] const std::string& id() const { return id_; }

  [[nodiscard]] const RunRequest& request() const { return request_; }

  [[nodiscard]] bool ended() const { return summary_.ended_us != 0; }

  [[nodiscard]] RunSummary summary() const;

  /// As followers know it.
  [[nodiscard]] TestState state_of(std::uint32_t test) const { return states_[test]; }

  /// The tests with this name or this directory/name.
  [[nodiscard]] std::vector<TestInRun> tests_called(const std::string& name) const;

  /// All events so far; indices stay valid, so a follower keeps its place as a number.
  [[nodiscard]] const EventLog& events() const { return events_; }

  /// Called, on the service's thread, whenever there are new events.
  std::uint64_t add_follower(std::function<void()> wake);
  void remove_follower(std::uint64_t follower);

  void started(const TestStarted& start);
  /// Tells so, once until it is permitted.
  void want_start();
  void start_permitted();
  /// The result is durable. The last one of a chunk also finishes the chunk.
  void finished(const TestResult& result);
  /// Results are held back for this reason, or, without one, no more.
  void store_in_trouble(const std::string& why);
  /// The duration is not the difference of the wall times, which may be set meanwhile.
  void end(std::int64_t now_us, const RunFinished& how);
  void wake_followers();
  /// Of a run that has ended.
  [[nodiscard]] EndedRun remains() const;

  /// A test has begun to write into `file`.
  void output_begins(std::uint32_t test, std::weak_ptr<const execute::SpillFile> file);
  /// It has ended; what is kept of its output is at `kept` in the run's log.
  void output_ends(std::uint32_t test, execute::OutputPiece kept);
  /// What the test is writing to now, else nullptr.
  [[nodiscard]] std::shared_ptr<const execute::SpillFile> output_of(std::uint32_t test) const;
  /// Where the output of a test lies that has ended; kept, so that asking for it costs no query.
  [[nodiscard]] std::optional<execute::OutputPiece> kept_output_of(std::uint32_t test) const;

 private:
  struct ChunkCounts {
    std::uint32_t tests = 0;
    std::uint32_t started = 0;
    std::uint32_t finished = 0;
    std::uint32_t failed = 0;
    std::uint32_t cancelled = 0;

    [[nodiscard]] bool passed() const { return failed == 0 && cancelled == 0; }
  };

  [[nodiscard]] ChunkSummary summary_of(std::size_t chunk) const;

  std::string id_;
  RunRequest request_;
  RunSummary summary_;
  std::uint32_t slots_;
  EventLog events_;
  std::vector<ChunkCounts> chunks_;
  std::vector<TestState> states_;
  std::map<std::uint32_t, std::weak_ptr<const execute::SpillFile>> outputs_;
  std::vector<std::optional<execute::OutputPiece>> kept_outputs_; ///< per test
  std::map<std::uint64_t, std::function<void()>> followers_;
  std::uint64_t next_follower_ = 0;
  bool start_wanted_ = false;
};

} // namespace winnow::serve
