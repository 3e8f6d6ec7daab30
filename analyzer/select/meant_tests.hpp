// The tests that a selector of winnow.json names.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/settings.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace winnow::select {

/// What a selector can know a test by.
struct NamedTest {
  TestKey key;
  std::string source_directory;    ///< that defines it: its graph path, "" for the root
  std::vector<std::string> labels; ///< empty where they are not known
};

struct MeantIndices {
  std::vector<std::size_t> tests;     ///< ascending
  std::vector<std::string> unmatched; ///< what names no test: "label sql", "test net.*"
};

MeantIndices tests_meant_by(const TestSelector& selector, std::span<const NamedTest> tests);

/// The labels of each test; the graph does not hold them.
using TestLabels = std::map<TestKey, std::vector<std::string>>;

struct MeantTests {
  std::vector<TestId> tests;          ///< ordered by id
  std::vector<std::string> unmatched; ///< as above
};

/// The same of the tests of a graph. Without `labels` no label names a test.
MeantTests tests_meant_by(const TestSelector& selector, const Graph& graph,
                          const TestLabels* labels);

} // namespace winnow::select
