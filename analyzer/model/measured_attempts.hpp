// The newest attempts at a test, and what is expected of the next.
#pragma once

#include "analyzer/model/history.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/model/verdict.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace winnow {

/// What is kept of an attempt for those to come.
struct MeasuredAttempt {
  std::int64_t at_us = 0; ///< when it started, since the Unix epoch; 0 where that was not kept
  Verdict verdict = Verdict::passed;
  std::int64_t duration_us = 0;
  std::int64_t cpu_us = 0;
  std::int64_t peak_memory_bytes = 0;

  auto operator<=>(const MeasuredAttempt&) const = default;
};

/// So many of the newest are kept: of those that passed, which say what to expect, and of others.
inline constexpr std::size_t most_passed_attempts = 20;
inline constexpr std::size_t most_other_attempts = 10;

/// A value of an attempt that was followed by others: each later pass takes a tenth of its weight,
/// so that what a test was long ago fades, and after seven it counts half.
struct Weighted {
  std::int64_t value = 0;
  double weight = 1;
};

/// The passing attempts' values, the newest with weight 1. Attempts are oldest first.
std::vector<Weighted> weighted(std::span<const MeasuredAttempt> attempts,
                               std::int64_t MeasuredAttempt::*field);

/// Mean of what is between the lowest and the highest quarter of the weight; 0 of nothing.
std::int64_t interquartile_mean(std::vector<Weighted> values);

/// The smallest value that so much of the weight does not exceed; 0 of nothing.
std::int64_t quantile(std::vector<Weighted> values, double share);

/// Times: interquartile mean, so that a few slow attempts on a busy machine do not count. Memory:
/// 95th percentile. Where none has passed, the duration is that of the newest one that ran. `last`
/// is that of the newest attempt. Attempts are oldest first.
TestHistory expectation(std::span<const MeasuredAttempt> attempts);

/// Leaves the newest that are to be kept. Attempts are oldest first.
void forget_old(std::vector<MeasuredAttempt>& attempts);

/// All that is kept of the tests of a project in one configuration: what one machine hands to
/// another.
struct ProjectHistory {
  std::string project;
  std::string configuration;
  std::map<TestKey, std::vector<MeasuredAttempt>> tests; ///< oldest first
};

/// Joins both, by time. Nothing is there twice, however often it is joined: attempts that are equal
/// in all are one. How many of `others` are new and kept.
std::size_t join(std::vector<MeasuredAttempt>& attempts, std::span<const MeasuredAttempt> others);

} // namespace winnow
