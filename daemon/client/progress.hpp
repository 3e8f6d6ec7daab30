// Shows a run to a person: a line per test, what runs now, failures whole and again at the end.
#pragma once

#include "analyzer/model/run_request.hpp"
#include "daemon/client/run_follower.hpp"

#include <chrono>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace winnow::client {

enum class Screen { terminal, lines };

/// How much is said at the end of what tests waited for.
enum class Detail { usual, waits };

/// On a terminal a status bar stands below the lines; elsewhere a heartbeat comes every half
/// minute. A test that takes long is marked each minute.
class Progress : public RunDisplay {
 public:
  Progress(const RunRequest& request, Screen screen, std::FILE* out, Detail detail);

  void run_started(const RunStarted& event) override;
  void test_started(const TestStarted& event) override;
  void test_finished(const TestResult& result, const OutputOfTest& output) override;
  void chunk_finished(const ChunkFinished& event) override;
  void store_trouble(const StoreTrouble& event) override;
  bool wants_time_left() override;
  void time_left(std::optional<double> seconds) override;
  void tick() override;
  void run_finished(const RunFinished& event) override;

 private:
  using Clock = std::chrono::steady_clock;

  /// What is known of a chunk so far; times since the epoch.
  struct ChunkTally {
    std::uint32_t tests = 0;
    std::uint32_t failed = 0;
    std::int64_t started_us = 0;
    std::int64_t ended_us = 0;
  };

  struct Running {
    Clock::time_point since;
    std::chrono::seconds said{0}; ///< the last time it was said to be slow
  };

  void show_retried(const TestResult& result, const OutputOfTest& output);
  void show_environment(const TestResult& result);
  void show_flaky_tests();
  void count(const TestResult& result);
  void mark_slow_tests();
  void note_wait(const TestResult& result);
  void show_waits();
  void show_bound(const RunFinished& event);
  [[nodiscard]] bool is_heartbeat_due() const;
  [[nodiscard]] std::string time_left_text() const;
  [[nodiscard]] std::string running_names(std::size_t limit) const;
  [[nodiscard]] std::string reproduction(const TestResult& result) const;
  void show_output(const TestResult& result, const OutputOfTest& output);
  void clear_bar();
  void draw_bar();

  const RunRequest& request_;
  Screen screen_;
  std::FILE* out_;
  Detail detail_;
  std::optional<double> left_s_; ///< at asked_
  Clock::time_point asked_;
  std::uint32_t slots_ = 1;
  std::uint32_t total_ = 0;
  std::uint32_t finished_ = 0;
  std::map<std::uint32_t, Running> running_; ///< by index
  std::map<Verdict, std::uint32_t> counts_;
  std::map<std::uint32_t, ChunkTally> chunks_;
  std::vector<TestResult> failures_;
  std::map<std::uint32_t, TestResult> retried_; ///< the last failure of each test that ran again
  std::vector<TestResult> flaky_;
  std::vector<TestResult> waited_longest_;          ///< a few, longest first
  std::map<std::uint32_t, TestResult> environment_; ///< attempts that were ended for want of memory
  Clock::time_point said_ = Clock::now();
  bool bar_ = false;
};

} // namespace winnow::client
