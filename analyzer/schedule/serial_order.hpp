// The order of a run in which one test runs at a time, as ctest has it without -j.
#pragma once

#include "analyzer/model/test_refs.hpp"
#include "analyzer/schedule/scheduler.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace winnow::schedule {

/// All tests, by index, in the order in which `ctest` without -j takes them: by COST, else as they
/// are given, but each right after those it comes after (DEPENDS, fixtures), disabled ones
/// included. Suites rely on this order without saying so. Tests on a cycle come last.
std::vector<std::uint32_t> serial_order(const TestRefs& tests);

/// The job with only these tasks, which take turns in this order; predecessors that are not among
/// them are forgotten, the others must come first.
Job in_turns(const Job& job, std::span<const std::uint32_t> order);

} // namespace winnow::schedule
