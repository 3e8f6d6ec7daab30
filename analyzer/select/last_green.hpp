// With which state each test is compared that is selected since it last passed.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/greens.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::select {

enum class UncommittedStates { count, do_not_count };

/// The history that passes count in.
struct GreenLine {
  std::string branch;                                  ///< "" where none is checked out
  std::string build_dir;                               ///< that is asked about
  std::unordered_map<std::string, std::size_t> places; ///< of its commits; the newest has 0
  UncommittedStates uncommitted = UncommittedStates::count;
};

/// What is asked about, to tell which of several states is nearer.
struct GreenNow {
  const SourceState* sources = nullptr;
  std::string settings; ///< as in TestedState
};

/// Why there is no state that a test can be compared with.
enum class NoGreen { never_passed, elsewhere, other_settings, long_ago };

/// By NoGreen, after "the test" and "tests that".
inline constexpr std::array<std::string_view, 4> no_green_phrases{
    "never passed, as far as is known",
    "passed only where this history does not lead",
    "passed last with other settings or compilers",
    "passed last too many states ago to compare with each",
};

/// Tests that are compared alike. Where there are several states the change is what differs from
/// any of them: a file may have come back to what it was at the oldest, and yet differ from others.
struct GreenGroup {
  std::vector<std::size_t> states; ///< indices into Greens::states, the newest first
  std::vector<TestId> tests;       ///< ordered by id
};

struct GreenBases {
  std::vector<GreenGroup> groups;                 ///< the newest first
  std::vector<std::optional<std::size_t>> states; ///< by test: index into Greens::states
  std::vector<std::optional<NoGreen>> without;    ///< by test: where it has no state
};

/// How many states are looked at, so that the work stays bounded.
struct GreenLimits {
  std::size_t alone = 16;  ///< the newest ones, each compared on its own
  std::size_t joined = 48; ///< older ones, compared together
};

/// The nearest state in `line` at which each test passed at the first attempt.
GreenBases green_bases(const Graph& graph, const Greens& greens, const GreenLine& line,
                       const GreenNow& now, const GreenLimits& limits = {});

/// The tests that failed on the line's branch, on its commits, or nobody knows where, and did not
/// pass since in this build tree or in that one; ordered by id. What passed on an older commit of
/// the line, or nobody knows where, does not show that a failure is gone.
std::vector<TestId> red_tests(const Graph& graph, const Greens& greens, const GreenLine& line);

} // namespace winnow::select
