// The document `winnow.history-export`: what one machine has measured, for another.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/history_merge.hpp"
#include "analyzer/model/measured_attempts.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// Version 1, one line without its end:
///   kind, version, project, configuration
///   tests[]{directory, name, at_us[], verdicts[], durations_us[], cpu_us[], peak_memory_bytes[]}
/// The lists of a test have an entry for each attempt, oldest first; times are since the Unix
/// epoch, 0 where that was not kept. A test that is not UTF-8 has "percent_encoded": true.
std::string history_export_to_json(const ProjectHistory& history);

/// A data error names the member at fault.
Result<ProjectHistory> history_export_from_json(std::string_view text);

/// {"tests":…,"attempts":…,"of_future":…}
std::string history_merge_to_json(const HistoryMerge& merge);
Result<HistoryMerge> history_merge_from_json(std::string_view text);

} // namespace winnow::report
