// One run: what was asked, what became of each test so far, and the events its followers read.
#pragma once

#include "analyzer/model/run_event.hpp"
#include "analyzer/model/run_request.hpp"

#include <cstdint>
#include <functional>
#include <map>
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

  [[nodiscard]] bool has_all_verdicts() const { return summary_.finished == summary_.tests; }

  [[nodiscard]] RunSummary summary() const;

  /// All events so far; indices stay valid, so a follower keeps its place as a number.
  [[nodiscard]] const std::vector<RunEvent>& events() const { return events_; }

  /// Called, on the service's thread, whenever there are new events.
  std::uint64_t add_follower(std::function<void()> wake);
  void remove_follower(std::uint64_t follower);

  void started(std::uint32_t test, std::int64_t at_us);
  /// The result is durable. The last one of a chunk also finishes the chunk.
  void finished(const TestResult& result);
  void end(RunEnd end, std::int64_t now_us);
  void wake_followers();

 private:
  struct ChunkState {
    std::uint32_t left = 0;
    bool passed = true;
  };

  [[nodiscard]] std::int64_t lower_bound_us() const;

  std::string id_;
  RunRequest request_;
  RunSummary summary_;
  std::uint32_t slots_;
  std::vector<RunEvent> events_;
  std::vector<ChunkState> chunks_;
  std::map<std::uint32_t, std::int64_t> running_;
  std::map<std::uint64_t, std::function<void()>> followers_;
  std::uint64_t next_follower_ = 0;
  std::int64_t longest_us_ = 0;
  std::int64_t work_us_ = 0;
};

} // namespace winnow::serve
