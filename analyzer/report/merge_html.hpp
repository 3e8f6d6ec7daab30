// The results of a plan's chunks together, as one page.
#pragma once

#include "analyzer/model/run_results.hpp"

#include <string>

namespace winnow::report {

/// A page that needs nothing beside itself: failures first with the end of their output, then the
/// chunks, each with its predicted and its real time, then all tests. Its policy forbids everything
/// but its own style and script, whose digests it states; where a server forbids those too, all of
/// it can be read, but not filtered.
std::string merge_to_html(const MergedResults& merged);

} // namespace winnow::report
