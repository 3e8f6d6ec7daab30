// Shows a run as ctest does: its lines, its files.
#pragma once

#include "daemon/client/ctest_files.hpp"
#include "daemon/client/ctest_junit.hpp"
#include "daemon/client/ctest_output.hpp"
#include "daemon/client/run_follower.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace winnow::client {

/// Writes at once, the two streams in order.
void print(const Printed& printed);

/// Passes what happens on to the lines and to the files.
class CTestDisplay : public RunDisplay {
 public:
  struct Parts {
    CTestOutput& output;
    CTestFiles& files;
    CTestJunit& junit;
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

  /// Of the run; valid when it has finished.
  [[nodiscard]] std::int64_t duration_us() const { return duration_us_; }

 private:
  /// What has come of a test before its turn.
  struct Pending {
    std::optional<TestStarted> start;
    std::optional<TestResult> result;
    std::string output;
  };

  void show_turns();
  void show(Pending& pending);

  Parts parts_;
  const CTestOptions& options_;
  std::span<const TestDescription> tests_;
  const CTestSelection& selection_;
  std::vector<std::uint32_t> turns_;
  std::size_t turn_ = 0;
  std::map<std::uint32_t, Pending> pending_;
  std::int64_t duration_us_ = 0;
};

} // namespace winnow::client
