// When the tests of a run could have started, and how fast the run could have been.
#pragma once

#include "analyzer/model/run_bound.hpp"
#include "analyzer/model/run_request.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace winnow::serve {

/// Keeps the run's job with the times that were measured for it. No clock inside.
class RunTimes {
 public:
  /// `tests` are the tests of the job's tasks, out of `test_count` in the run.
  RunTimes(schedule::Job job, const std::vector<std::uint32_t>& tests, std::size_t test_count,
           std::int64_t added_us);

  /// The test has its verdict; `duration_us` is 0 if it had no process.
  void ended(std::uint32_t test, std::int64_t duration_us, std::int64_t now_us);
  /// What nobody knew of the test before, a run has shown.
  void measured(std::uint32_t test, std::int64_t duration_us, std::int64_t cpu_us);
  /// When the last test it waited for had ended, as far as they have.
  [[nodiscard]] std::int64_t ready_us(std::uint32_t test) const;

  [[nodiscard]] std::int64_t elapsed_us(std::int64_t now_us) const { return now_us - added_us_; }

  /// No schedule of what ran is shorter on this machine: longest path, work, locks.
  /// What that is the time of is said in the names of its `tests`.
  [[nodiscard]] std::pair<std::int64_t, RunBound>
  bound(schedule::Capacity capacity, const std::vector<RequestedTest>& tests) const;
  /// How long it will take yet, with so much of the machine. `running_us` tells for how long a test
  /// has run, if it does.
  [[nodiscard]] std::optional<std::int64_t>
  remaining_us(const schedule::Capacity& capacity,
               const std::function<std::optional<std::int64_t>(std::uint32_t)>& running_us);

 private:
  schedule::Job job_;
  std::vector<std::uint32_t> task_of_; ///< per test; disabled ones have none
  std::vector<std::int64_t> durations_us_;
  std::vector<std::int64_t> ended_us_;
  std::int64_t added_us_;
};

} // namespace winnow::serve
