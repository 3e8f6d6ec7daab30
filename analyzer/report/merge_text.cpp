// The results of a plan's chunks together, for terminals.
#include "analyzer/report/merge_text.hpp"

#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace winnow::report {
namespace {

constexpr std::size_t most_listed = 20;

std::string chunk_line(const MergedChunk& chunk)
{
  return fmt::format("{:>5}  {:>6}  {:>6}  {:>11}  {:>11}\n", chunk.index, chunk.tests,
                     chunk.failed, seconds_text(chunk.predicted_s), seconds_text(chunk.real_s()));
}

} // namespace

std::string merge_to_text(const MergedResults& merged)
{
  std::size_t tests = 0;
  std::size_t failed = 0;
  for (const MergedChunk& chunk : merged.chunks) {
    tests += chunk.tests;
    failed += chunk.failed;
  }
  std::string text = fmt::format("{} in {}: {}\n", count_text(tests, "test"),
                                 count_text(merged.chunks.size(), "chunk"),
                                 failed == 0 ? "none failed" : fmt::format("{} failed", failed));
  if (!merged.chunks.empty()) {
    text += fmt::format("\n{:>5}  {:>6}  {:>6}  {:>11}  {:>11}\n", "chunk", "tests", "failed",
                        "predicted", "real");
  }
  for (const MergedChunk& chunk : merged.chunks) {
    text += chunk_line(chunk);
  }
  if (failed > 0) {
    text += "\nfailures:\n";
  }
  for (const KeptAttempt& attempt : merged.attempts) {
    const TestResult& result = attempt.result;
    if (!result.again && is_failure(result.verdict)) {
      text +=
          fmt::format("   FAIL chunk {} {}: {}\n", result.chunk, name_text(result.key.display()),
                      name_text(result.reason.empty() ? name_of(result.verdict)
                                                      : std::string_view(result.reason)));
    }
  }
  return text;
}

std::string gaps_to_text(const PlanGaps& gaps, const std::string& plan_file)
{
  std::string text = fmt::format("the results do not cover the plan {}:\n", name_text(plan_file));
  for (const std::uint32_t chunk : gaps.chunks) {
    text +=
        fmt::format("  chunk {} has no results; `winnow run --plan {} --chunk {} --results FILE` "
                    "gives them\n",
                    chunk, name_text(plan_file), chunk);
  }
  for (std::size_t i = 0; i < std::min(gaps.tests.size(), most_listed); ++i) {
    text += fmt::format("  chunk {} has no verdict of {}\n", gaps.tests[i].chunk,
                        name_text(gaps.tests[i].key.display()));
  }
  if (gaps.tests.size() > most_listed) {
    text += fmt::format("  and of {} more\n", count_text(gaps.tests.size() - most_listed, "test"));
  }
  return text;
}

} // namespace winnow::report
