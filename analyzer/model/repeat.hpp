// How often a test is run again.
#pragma once

#include "analyzer/model/verdict.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace winnow {

enum class RepeatMode { until_fail, until_pass, after_timeout };

/// The names of the modes, as ctest has them.
inline constexpr std::array<std::string_view, 3> repeat_mode_names{"until-fail", "until-pass",
                                                                   "after-timeout"};

struct Repeat {
  RepeatMode mode = RepeatMode::until_pass;
  std::uint32_t attempts = 1; ///< at most

  bool operator==(const Repeat&) const = default;
};

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

} // namespace winnow
