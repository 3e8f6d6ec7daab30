// How long each test is expected to take.
#pragma once

#include "analyzer/model/history.hpp"
#include "analyzer/model/test_refs.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace winnow::split {

/// In microseconds, at least one, parallel to `tests`: measured, also of a test that has only
/// failed, else the median of the measured `siblings` of the same executable, else of the same
/// directory, else of all, else one second; where it was always cut short, at least that long. A
/// disabled test takes no time: 0.
std::vector<std::int64_t> expected_durations_us(const TestRefs& tests, const History& history,
                                                std::span<const TestDescription> siblings);

/// Whether a duration stands in `history`.
bool is_measured(const TestDescription& test, const History& history);

} // namespace winnow::split
