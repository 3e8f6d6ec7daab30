// What a run, or several runs of one plan, left behind.
#pragma once

#include "analyzer/model/planned_run.hpp"
#include "analyzer/model/run_event.hpp"
#include "analyzer/model/test_result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace winnow {

struct KeptAttempt {
  TestResult result;
  std::string output; ///< the end of it, of an attempt that failed; UTF-8
};

/// The document `winnow.results`.
struct RunResults {
  RunSummary run;
  std::optional<PlannedRun> planned; ///< unset of a run without a plan
  /// Those of one test one after another, the last one deciding.
  std::vector<KeptAttempt> attempts;
};

/// What became of a chunk, beside what was predicted.
struct MergedChunk {
  std::uint32_t index = 0;
  std::string run_id;
  double predicted_s = 0;
  std::int64_t started_us = 0; ///< of its first test; 0 if none was started
  std::int64_t ended_us = 0;   ///< of its last test
  std::uint32_t tests = 0;
  std::uint32_t failed = 0;

  [[nodiscard]] double real_s() const { return static_cast<double>(ended_us - started_us) / 1e6; }
};

/// The results of all chunks of a plan, each once.
struct MergedResults {
  std::string plan_id;
  std::string commit;
  std::string project;
  std::vector<MergedChunk> chunks;   ///< by index
  std::vector<KeptAttempt> attempts; ///< chunk by chunk; a test has an index in each of its chunks
};

/// A test that a chunk should have run.
struct MissingTest {
  std::uint32_t chunk = 0;
  TestKey key;
};

/// What is left to be run of a plan.
struct PlanGaps {
  std::vector<std::uint32_t> chunks;
  std::vector<MissingTest> tests; ///< of chunks that were run, without a verdict

  [[nodiscard]] bool none() const { return chunks.empty() && tests.empty(); }
};

} // namespace winnow
