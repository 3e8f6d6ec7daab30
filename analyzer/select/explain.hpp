// What a file can affect, and which tests a name means.
#pragma once

#include "analyzer/model/explanation.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/select/meant_tests.hpp"

#include <string>
#include <vector>

namespace winnow::select {

/// What a modification of the file at that graph path would select. `labels` are needed where the
/// settings name some; both may be null.
FileExplanation explain_file(const Graph& graph, const std::string& path,
                             const Settings* settings = nullptr,
                             const TestLabels* labels = nullptr);

/// The tests people mean by `name`: its display name, else every test of that bare name, ordered by
/// id.
std::vector<TestId> tests_called(const Graph& graph, const std::string& name);

} // namespace winnow::select
