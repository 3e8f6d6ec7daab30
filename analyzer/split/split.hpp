// Cuts tests into chunks that take equally long.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/history.hpp"
#include "analyzer/model/plan.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/schedule/scheduler.hpp"
#include "analyzer/split/build_needs.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace winnow::split {

/// At most so many chunks: fewer where there is not enough to fill them.
struct ChunkCount {
  std::uint32_t chunks = 1;
};

/// As few chunks as take no longer than this each, as far as a single test allows.
struct TargetTime {
  double seconds = 600;
  double overhead_s = 0; ///< of that, what a job takes before and after its tests
};

/// As few chunks as have no more tests than this each, setups and cleanups included, as far as
/// tests that belong together allow.
struct MaxTests {
  std::uint32_t tests = 1;
};

using Cut = std::variant<ChunkCount, TargetTime, MaxTests>;

struct SplitOptions {
  Cut cut;
  schedule::Capacity machine;       ///< what each chunk runs on
  std::vector<ResourceCount> pools; ///< how many of each counted kind there are for a chunk
  BuildTime build_time = BuildTime::left_out; ///< whether chunks are to take equally long with it
};

/// The CMake targets that must be built for a test.
using TargetsOfTests = std::map<TestKey, std::vector<std::string>>;

/// What is built for tests.
struct TestBuilds {
  TargetsOfTests targets;
  BuildNeeds needs; ///< tests that have much of it in common go to one chunk, as far as times allow
};

/// The plan of these tests; what says of which sources and targets they are is left to the caller.
/// Tests without a history are taken to be like their siblings; `siblings` empty means `tests`.
/// Every test is in some chunk; only setups and cleanups of fixtures (and what those need) are in
/// several: each chunk that has users of a fixture has all of it. Tests joined by DEPENDS stay
/// together. No chunk is empty; the slowest comes first. The same input gives the same plan.
/// A user error if tests wait for each other in a circle, or the cut asks for nothing.
Result<Plan> split(std::span<const TestDescription> tests, const History& history,
                   const SplitOptions& options, const TestBuilds& builds = {},
                   std::span<const TestDescription> siblings = {});

} // namespace winnow::split
