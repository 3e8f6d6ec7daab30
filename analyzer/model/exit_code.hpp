// Every exit code of the `winnow` command, and the table from error kinds to them.
#pragma once

#include "analyzer/model/error.hpp"

namespace winnow {

/// Stable surface: scripts and CI systems read these. `winnow ctest` uses ctest's own (0, 8, …).
enum class ExitCode : int {
  passed = 0,
  wrong_usage = 2,
  no_test_matched = 4,
  incomplete = 5,
  unavailable = 69,
  defect = 70,
  step_failed = 96,
  test_failed = 100,
  interrupted = 130
};

/// One row of what an error kind means outside the process.
struct ErrorMeaning {
  ErrorKind kind;
  ExitCode exit_code;
  int http_status;
};

inline constexpr ErrorMeaning error_meanings[] = {
    {ErrorKind::user, ExitCode::wrong_usage, 400},
    {ErrorKind::environment, ExitCode::unavailable, 503},
    {ErrorKind::data, ExitCode::wrong_usage, 422},
    {ErrorKind::step, ExitCode::step_failed, 424},
};

/// The row of `kind`; the table is total.
constexpr const ErrorMeaning& meaning_of(ErrorKind kind)
{
  return error_meanings[static_cast<int>(kind)];
}

} // namespace winnow
