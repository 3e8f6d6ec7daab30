// The document `winnow.selection`.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"

#include <string>

namespace winnow::report {

/// Version 1, one line without its end:
///   kind, version, base, head
///   changes[]{path, status, old_path (only of renamed files)}
///   fallback: null or {cause, paths[], because (what kept it from being judged more closely),
///     rule (if one says so)}
///   ignored[]{path, rule}: changed files that a rule says cannot matter
///   tests[]{name, directory, targets[], reasons[]{kind, file (if one is the cause),
///     defined_at ("file:line" of the CMake code that is new or changed, if it is known),
///     rule (if one selects: of winnow.json its place, else a shipped one's name), chain[]}}
///   skipped_count, targets[] (what must be built), total
/// `tests` end with those that the graph does not know; `total` counts them too.
/// A link of a chain is {"file": graph path}, {"step": rule} or {"test": directory/name}; all but
/// the first have "via", the kind of the edge that leads to it. O(size of the document).
std::string selection_to_json(const Graph& graph, const Selection& selection);

} // namespace winnow::report
