// Shows a run to a person: a line per test, what runs now, failures whole and again at the end.
#pragma once

#include "analyzer/model/run_request.hpp"
#include "daemon/client/run_follower.hpp"

#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace winnow::client {

enum class Screen { terminal, lines };

/// On a terminal a status bar stands below the lines; elsewhere a heartbeat comes every half
/// minute.
class Progress : public RunDisplay {
 public:
  Progress(const RunRequest& request, Screen screen, std::FILE* out);

  void run_started(const RunStarted& event) override;
  void test_started(const TestStarted& event) override;
  void test_finished(const TestResult& result, const OutputOfTest& output) override;
  void chunk_finished(const ChunkFinished& event) override;
  void store_trouble(const StoreTrouble& event) override;
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

  void count(const TestResult& result);
  [[nodiscard]] std::string running_names(std::size_t limit) const;
  [[nodiscard]] std::string reproduction(const TestResult& result) const;
  void show_output(const TestResult& result, const OutputOfTest& output);
  void clear_bar();
  void draw_bar();

  const RunRequest& request_;
  Screen screen_;
  std::FILE* out_;
  std::uint32_t total_ = 0;
  std::uint32_t finished_ = 0;
  std::map<std::uint32_t, Clock::time_point> running_;
  std::map<Verdict, std::uint32_t> counts_;
  std::map<std::uint32_t, ChunkTally> chunks_;
  std::vector<TestResult> failures_;
  Clock::time_point said_ = Clock::now();
  bool bar_ = false;
};

} // namespace winnow::client
