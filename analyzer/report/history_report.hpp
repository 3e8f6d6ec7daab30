// What is known of a project's tests, for programs and for people.
#pragma once

#include "analyzer/model/measured_attempts.hpp"

#include <string>

namespace winnow::report {

/// The document `winnow.history`, version 1, one line without its end:
///   kind, version, project, configuration
///   tests[]{directory, name, attempts, duration_us, duration_median_us, duration_p95_us, cpu_us,
///     cpu_share, peak_memory_bytes, verdicts{<verdict>: count}, last, seen_us}
/// `duration_us`, `cpu_us` and `peak_memory_bytes` are what a run expects, of `attempts` passing
/// attempts; `cpu_share` is cpu time per time, absent without an attempt; `verdicts` counts the
/// newest attempts, passing or not, of which `last` is the newest's and `seen_us` its start, absent
/// where it is not known. A test that is not UTF-8 has "percent_encoded": true.
std::string project_history_to_json(const ProjectHistory& history);

/// A line for each test below a heading. Bytes of names as they are.
std::string project_history_to_text(const ProjectHistory& history);

} // namespace winnow::report
