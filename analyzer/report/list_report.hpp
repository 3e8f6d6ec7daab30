// The tests of a build tree, listed.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/report/test_names.hpp"

#include <span>
#include <string>

namespace winnow::report {

/// The document `winnow.list`, version 1, one line without its end:
///   kind, version, tests[]{name, directory, targets[], labels[], cases[]}
/// `targets` come from `graph`; they are empty for a test it does not know, and without a graph.
std::string list_to_json(std::span<const TestDescription> tests, const Graph* graph);

/// One line per test, its labels and marks beside it, then the count.
std::string list_to_text(std::span<const TestDescription> tests);

/// The names of `tests`, one entry each, unique among `all`.
std::string list_to_names(std::span<const TestDescription> tests,
                          std::span<const TestDescription> all, Separator separator);

} // namespace winnow::report
