// How long a test may take, by its properties and its run.
#pragma once

#include "analyzer/model/test_description.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace winnow::execute {

/// What a run says of the time its tests have.
struct RunTimeouts {
  std::optional<double> timeout_s;        ///< for tests without a TIMEOUT of their own
  std::optional<std::int64_t> stop_at_us; ///< wall time since the Unix epoch; ends every test
};

/// The time of a test that starts, or whose clock begins anew, at `now_us`.
struct TestTimeout {
  std::optional<std::chrono::microseconds> after; ///< unset: none
  bool by_run = false;                            ///< the run's end comes before the test's own
};

/// The test's own TIMEOUT, else the run's; zero and less mean none. The run's end cuts each.
TestTimeout timeout_of(const TestProperties& properties, const RunTimeouts& run,
                       std::int64_t now_us);

/// By TIMEOUT_AFTER_MATCH, once the output has matched. Unset: the clock goes on as it is, which is
/// what ctest makes of 0 where the test has a TIMEOUT.
std::optional<TestTimeout> timeout_after_match(const TestProperties& properties,
                                               const RunTimeouts& run, std::int64_t now_us);

/// TIMEOUT_SIGNAL_NAME as a number, 0 without one.
int timeout_signal(const TestProperties& properties);
/// TIMEOUT_SIGNAL_GRACE_PERIOD, 1 s without one.
std::chrono::microseconds timeout_grace(const TestProperties& properties);
/// Why these properties cannot be meant so, "" if they can: a signal or grace that CMake does not
/// allow, in the lines of ctest from 3.27 on.
std::string timeout_objection(const TestProperties& properties);

} // namespace winnow::execute
