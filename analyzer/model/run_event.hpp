// What happens in a run, in the order its followers are told.
#pragma once

#include "analyzer/model/run_bound.hpp"
#include "analyzer/model/test_result.hpp"
#include "analyzer/model/waiting.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
  std::uint32_t attempt = 1; ///< counts from 1
};

/// Sent only after the result is committed to the store; once for each attempt.
struct TestFinished {
  TestResult result;
};

/// All tests of a chunk have a verdict.
struct ChunkFinished {
  std::uint32_t chunk = 0;
  bool passed = true;
};

enum class RunEnd {
  completed,
  cancelled,
  incomplete ///< results are missing: they could not be kept, or the daemon died
};

/// The names ends have in documents and in the database.
inline constexpr std::array<std::string_view, 3> run_end_names{"completed", "cancelled",
                                                               "incomplete"};

constexpr std::string_view name_of(RunEnd end)
{
  return run_end_names[static_cast<std::size_t>(end)];
}

/// The last event of every run.
struct RunFinished {
  RunEnd end = RunEnd::completed;
  std::int64_t duration_us = 0;
  std::int64_t lower_bound_us = 0; ///< max(longest path, work / capacity), from measured times
  std::optional<RunBound> bound;   ///< which of them it is; unset of a run that is only on record
  std::vector<IdleTime> idle;      ///< most first
};

/// Results cannot be made durable at the moment: they are held back, and tried again.
struct StoreTrouble {
  std::string message; ///< why; "" once it is over
};

/// Of a run that is paced: a test could start, were it permitted. Sent once until it is.
struct StartWanted {};

using RunEvent = std::variant<RunStarted, TestStarted, TestFinished, ChunkFinished, RunFinished,
                              StoreTrouble, StartWanted>;

enum class TestState { waiting, running, finished };

/// Which test of a run has a name, and how far it is.
struct TestInRun {
  TestKey key;
  std::uint32_t index = 0; ///< in the run's request
  TestState state = TestState::waiting;
};

enum class ChunkState { waiting, running, passed, failed };

struct ChunkSummary {
  std::string name;
  ChunkState state = ChunkState::waiting;
  std::uint32_t tests = 0;
  std::uint32_t finished = 0;
  std::uint32_t failed = 0;
};

/// A run as `winnow status` lists it.
struct RunSummary {
  std::string run_id;
  std::string project;
  std::string build_dir;
  std::string state; ///< "running", or the name of its RunEnd
  std::int64_t started_us = 0;
  std::int64_t ended_us = 0; ///< 0 while it runs
  std::uint32_t tests = 0;
  std::uint32_t finished = 0;
  std::uint32_t failed = 0;
  std::vector<std::string> running;         ///< display names of the tests that run now
  std::vector<WaitingTests> waiting;        ///< most first; of one that runs in this daemon
  std::optional<std::int64_t> remaining_us; ///< as far as it can be told, of the same
  std::vector<ChunkSummary> chunks; ///< of a run in this daemon's memory; one without a plan
};

} // namespace winnow
