// What a shadow run showed, in words and as a part of the results.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/shadow.hpp"

#include <string>
#include <string_view>

namespace winnow::report {

/// Lines for a terminal: how much would have been skipped, and which of it failed.
std::string shadow_to_text(const ShadowReport& report);

/// The document `winnow.shadow`, version 1, one line without its end:
///   kind, version, base, fallback (null, or why nothing would have been skipped)
///   total, would_run, would_skip, judged (of those: passed or failed)
///   seconds, skipped_seconds (of tests, added up)
///   miss_rate (possible misses ÷ judged, null if none was)
///   possible_misses[]{name, directory, verdict, reason, passed_at}
///   other_failures[]: the same of skipped tests that are not known to have passed at base
///   skipped[]{name, directory}
std::string shadow_to_json(const ShadowReport& report);

/// A winnow.results document with that as its member `shadow`. A data error: it is none.
Result<std::string> results_with_shadow(std::string_view results, const ShadowReport& report);

} // namespace winnow::report
