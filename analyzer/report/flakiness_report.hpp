// The document `winnow.flaky`, written and read, and the same for people.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/flakiness.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// Version 1, one line without its end:
///   kind, version
///   runs: that were looked at
///   tests[]{directory, name, rate, flaky_runs, runs, last_us, last_run, reason}, in the given
///   order
/// `rate` is flaky_runs / runs, of the runs in which the test was executed; `last_us` is in
/// microseconds since the Unix epoch. A test that is not UTF-8 has "percent_encoded": true.
std::string flakiness_to_json(const Flakiness& flakiness);

/// A data error names the member at fault.
Result<Flakiness> flakiness_from_json(std::string_view text);

/// A line for each test, or one that says there is none. Bytes of names and reasons as they are.
std::string flakiness_to_text(const Flakiness& flakiness);

} // namespace winnow::report
