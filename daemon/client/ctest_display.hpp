// Shows a run as ctest does: its lines, its files.
#pragma once

#include "daemon/client/ctest_console.hpp"
#include "daemon/client/ctest_files.hpp"
#include "daemon/client/ctest_junit.hpp"
#include "daemon/client/ctest_output.hpp"
#include "daemon/client/ctest_passes.hpp"
#include "daemon/client/run_follower.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace winnow::client {

/// Passes what happens on to the lines and to the files.
class CTestDisplay : public RunDisplay {
 public:
  struct Parts {
    CTestConsole& console;
    CTestOutput& output;
    CTestFiles& files;
    CTestJunit& junit;
    CTestPasses* passes; ///< null where none are remembered
  };

  /// `turns`: the tests, by index in the run, in the order in which they are shown, whenever their
  /// results come; empty shows each as it comes. A run of one test at a time has turns, as what is
  /// not executed (disabled tests, those without their fixture) is known early.
  CTestDisplay(Parts parts, const CTestOptions& options, std::span<const TestDescription> tests,
               const CTestSelection& selection, std::vector<std::uint32_t> turns);

  void test_started(const TestStarted& event) override;
  void test_finished(const TestResult& result, const OutputOfTest& output) override;
  /// On standard error: ctest has no line for it.
  void store_trouble(const StoreTrouble& event) override;
  void run_finished(const RunFinished& event) override;

  /// Whether a stop time kept tests from being started.
  [[nodiscard]] bool left_tests() const { return left_ > 0; }

  /// Of the run; valid when it has finished.
  [[nodiscard]] std::int64_t duration_us() const { return duration_us_; }

 private:
  struct Ended {
    TestResult result;
    std::string output;
  };

  /// What has come of a test and is not shown yet, of all its attempts.
  using Pending = std::vector<std::variant<TestStarted, Ended>>;

  void show_turns();
  /// Whether the last of it was the test's end.
  bool show(const Pending& pending);
  void show(const TestStarted& start);
  void show(const Ended& ended);
  void say_stop_time(const TestResult& result);

  Parts parts_;
  const CTestOptions& options_;
  std::span<const TestDescription> tests_;
  const CTestSelection& selection_;
  std::vector<std::uint32_t> turns_;
  std::size_t turn_ = 0;
  std::map<std::uint32_t, Pending> pending_;
  std::int64_t duration_us_ = 0;
  std::size_t ended_ = 0; ///< tests
  std::size_t left_ = 0;  ///< not started, as the stop time came
  bool stop_time_said_ = false;
};

} // namespace winnow::client
