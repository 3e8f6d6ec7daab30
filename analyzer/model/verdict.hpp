// What became of a test.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace winnow {

enum class Verdict {
  passed,
  failed,
  timed_out,
  crashed,
  over_memory,
  skipped,
  not_run, ///< could not be started, or its fixture's setup failed: an error
  disabled,
  cached,
  cancelled ///< its run ended before it did, or before it began
};

struct VerdictName {
  Verdict verdict;
  std::string_view name;
};

/// The names verdicts have in documents and in the database.
inline constexpr std::array verdict_names{
    VerdictName{Verdict::passed, "passed"},           VerdictName{Verdict::failed, "failed"},
    VerdictName{Verdict::timed_out, "timed out"},     VerdictName{Verdict::crashed, "crashed"},
    VerdictName{Verdict::over_memory, "over memory"}, VerdictName{Verdict::skipped, "skipped"},
    VerdictName{Verdict::not_run, "not run"},         VerdictName{Verdict::disabled, "disabled"},
    VerdictName{Verdict::cached, "cached"},           VerdictName{Verdict::cancelled, "cancelled"},
};

constexpr std::string_view name_of(Verdict verdict)
{
  return verdict_names[static_cast<std::size_t>(verdict)].name;
}

/// Whether a run with this verdict in it is not a success.
constexpr bool is_failure(Verdict verdict)
{
  switch (verdict) {
  case Verdict::failed:
  case Verdict::timed_out:
  case Verdict::crashed:
  case Verdict::over_memory:
  case Verdict::not_run:
    return true;
  default:
    return false;
  }
}

} // namespace winnow
