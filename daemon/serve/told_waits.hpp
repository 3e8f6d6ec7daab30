// What a result says of the time its test waited.
#pragma once

#include "analyzer/model/test_result.hpp"

#include <vector>

namespace winnow::serve {

/// `parts` are longest first. What is below a hundredth of all, or a millisecond, is left out; one
/// part without a name is said by the result's `waited_for` and `waited_us` alone, which is so of
/// most of the many tests that wait for a cpu.
void tell_waits(TestResult& result, std::vector<WaitPart> parts);

} // namespace winnow::serve
