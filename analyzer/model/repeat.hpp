// How often a test is run again, and how long is waited before.
#pragma once

#include "analyzer/model/test_description.hpp"
#include "analyzer/model/verdict.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace winnow {

enum class RepeatMode { until_fail, until_pass, after_timeout };

/// The names of the modes, as ctest has them.
inline constexpr std::array<std::string_view, 3> repeat_mode_names{"until-fail", "until-pass",
                                                                   "after-timeout"};

/// Nobody waits longer than a day.
inline constexpr std::int64_t longest_pause_us = std::int64_t{24} * 3600 * 1'000'000;

/// How long is waited between two attempts.
struct Backoff {
  std::int64_t first_us = 0; ///< before the second attempt; 0: it follows at once
  std::int64_t most_us = 0;  ///< above the first: it doubles up to this, else all are the same

  bool operator==(const Backoff&) const = default;
};

struct Repeat {
  RepeatMode mode = RepeatMode::until_pass;
  std::uint32_t attempts = 1; ///< at most
  Backoff backoff = {};

  bool operator==(const Repeat&) const = default;
};

/// More would be a mistake.
inline constexpr std::uint32_t most_attempts = 1'000'000;

/// Whether a test whose attempt of this number (from 1) ended so is run again. What was not run or
/// skipped says nothing about the test, and would not do so another time.
constexpr bool runs_again(const Repeat& repeat, Verdict verdict, std::uint32_t attempt)
{
  if (attempt >= repeat.attempts) {
    return false;
  }
  switch (repeat.mode) {
  case RepeatMode::until_fail:
    return verdict == Verdict::passed;
  case RepeatMode::until_pass:
    return is_failure(verdict) && verdict != Verdict::not_run;
  case RepeatMode::after_timeout:
    return verdict == Verdict::timed_out;
  }
  return false;
}

/// How long the test waits after the attempt of this number, in microseconds. One that doubles is
/// shortened by up to a half, so that tests that failed together do not meet again: by always the
/// same for a test and an attempt.
std::int64_t pause_after(const Backoff& backoff, const TestKey& test, std::uint32_t attempt);

/// "until-pass:3", as ctest spells it; nothing for anything else.
std::optional<Repeat> repeat_named(std::string_view text);

} // namespace winnow
