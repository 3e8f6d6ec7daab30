// The document `winnow.history`, written and read.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/history.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// Version 1, one line without its end:
///   kind, version
///   tests[]{directory, name, duration_us, cpu_us, peak_memory_bytes, attempts, last}
/// `last` is a verdict, and absent where there is none. A test that is not UTF-8 has
/// "percent_encoded": true.
std::string history_to_json(const History& history);

/// A data error names the member at fault.
Result<History> history_from_json(std::string_view text);

} // namespace winnow::report
