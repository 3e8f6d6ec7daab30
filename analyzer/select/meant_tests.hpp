// The tests that a selector of winnow.json names.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/settings.hpp"

#include <map>
#include <string>
#include <vector>

namespace winnow::select {

/// The labels of each test; the graph does not hold them.
using TestLabels = std::map<TestKey, std::vector<std::string>>;

struct MeantTests {
  std::vector<TestId> tests;          ///< ordered by id
  std::vector<std::string> unmatched; ///< what names no test: "label sql", "test net.*"
};

/// Without `labels` no label names a test.
MeantTests tests_meant_by(const TestSelector& selector, const Graph& graph,
                          const TestLabels* labels);

} // namespace winnow::select
