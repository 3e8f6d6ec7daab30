// What happens in a run, in the order its followers are told.
#pragma once

#include "analyzer/model/test_result.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace winnow {

/// The first event of every run.
struct RunStarted {
  std::string run_id;
  std::uint32_t tests = 0;
  std::uint32_t chunks = 1;
  std::uint32_t slots = 1; ///< cpus of capacity
};

struct TestStarted {
  std::uint32_t test = 0; ///< index in the request
  std::int64_t at_us = 0;
};

/// Sent only after the result is committed to the store.
struct TestFinished {
  TestResult result;
};

/// All tests of a chunk have a verdict.
struct ChunkFinished {
  std::uint32_t chunk = 0;
  bool passed = true;
};

enum class RunEnd { completed, cancelled };

/// The last event of every run.
struct RunFinished {
  RunEnd end = RunEnd::completed;
  std::int64_t duration_us = 0;
  std::int64_t lower_bound_us = 0; ///< max(longest path, work / capacity), from measured times
};

using RunEvent = std::variant<RunStarted, TestStarted, TestFinished, ChunkFinished, RunFinished>;

/// A run as `winnow status` lists it.
struct RunSummary {
  std::string run_id;
  std::string project;
  std::string build_dir;
  std::string state; ///< "running", "completed", "cancelled"
  std::int64_t started_us = 0;
  std::int64_t ended_us = 0; ///< 0 while it runs
  std::uint32_t tests = 0;
  std::uint32_t finished = 0;
  std::uint32_t failed = 0;
  std::vector<std::string> running; ///< display names of the tests that run now
};

} // namespace winnow
