// The documents `winnow.selection` and `winnow.explanation`.
#pragma once

#include "analyzer/model/explanation.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"

#include <span>
#include <string>

namespace winnow::report {

/// Version 1, one line without its end:
///   kind, version, base, head
///   changes[]{path, status, old_path (only of renamed files)}
///   fallback: null or {cause, paths[], because (what kept it from being judged more closely),
///     rule (if one says so)}
///   ignored[]{path, rule, unnamed[] (if the rule asked who says one of these names: nobody)}:
///     changed files that a rule says cannot matter
///   tests[]{name, directory, targets[], reasons[]{kind, file (if one is the cause),
///     defined_at ("file:line" of the CMake code that is new or changed, if it is known),
///     rule (if one selects: of winnow.json its place, else a shipped one's name),
///     because (what keeps the test from being compared, if something does), chain[]}}
///   skipped_count, skipped[] (if asked for){name, directory,
///     inputs{sources, built, outside, tests}, reasons[]{kind, file, rule (each where there is
///     one)}, more_reasons (if not all are told)},
///   targets[] (what must be built), total
/// Where tests are compared with states of their own, `base` is "last green", and each that has one
/// has last_green{commit, uncommitted (true if something was)}.
/// `tests` end with those that the graph does not know; `total` counts them too.
/// A link of a chain is {"file": graph path}, {"step": rule} or {"test": directory/name}; all but
/// the first have "via", the kind of the edge that leads to it. O(size of the document).
std::string selection_to_json(const Graph& graph, const Selection& selection);
std::string selection_to_json(const Graph& graph, const Selection& selection,
                              std::span<const SkippedTest> skipped);

/// The document `winnow.explanation`, version 1, of some tests:
///   kind, version, base, head, fallback
///   tests[], skipped[]: those that are asked about, as above
std::string explained_tests_to_json(const Graph& graph, const Selection& selection,
                                    std::span<const TestId> asked,
                                    std::span<const SkippedTest> skipped);

/// The same of one file: kind, version, file, standing ("known", "ignored" or "unknown"),
/// rule (that ignores it, if one does), fallback, tests[] (that a change of it alone selects).
std::string explained_file_to_json(const Graph& graph, const FileExplanation& explanation);

} // namespace winnow::report
