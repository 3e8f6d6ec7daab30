// Asks every test whether a selector names it.
#include "analyzer/select/meant_tests.hpp"

#include "analyzer/model/wildcard.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>

namespace winnow::select {
namespace {

/// The root is no directory that a pattern could name but by what lies in it.
bool is_in(const PathPattern& pattern, std::string_view directory)
{
  return pattern.matches(directory == "." ? "" : directory, PathKind::directory);
}

class Search {
 public:
  explicit Search(std::span<const NamedTest> tests) : tests_(tests) {}

  template <class Names>
  void add(const std::string& what, Names names)
  {
    bool found = false;
    for (std::size_t i = 0; i < tests_.size(); ++i) {
      if (names(tests_[i])) {
        meant_.insert(i);
        found = true;
      }
    }
    if (!found) {
      unmatched_.push_back(what);
    }
  }

  MeantIndices finish() && { return {{meant_.begin(), meant_.end()}, std::move(unmatched_)}; }

 private:
  std::span<const NamedTest> tests_;
  std::set<std::size_t> meant_;
  std::vector<std::string> unmatched_;
};

} // namespace

MeantIndices tests_meant_by(const TestSelector& selector, std::span<const NamedTest> tests)
{
  Search search(tests);
  for (const std::string& name : selector.tests) {
    search.add("test " + name, [&](const NamedTest& test) {
      return matches(name, test.key.name) || matches(name, test.key.display());
    });
  }
  for (const std::string& label : selector.labels) {
    search.add("label " + label, [&](const NamedTest& test) {
      return std::ranges::find(test.labels, label) != test.labels.end();
    });
  }
  for (const PathPattern& directory : selector.directories) {
    search.add("directory " + directory.text(),
               [&](const NamedTest& test) { return is_in(directory, test.source_directory); });
  }
  return std::move(search).finish();
}

MeantTests tests_meant_by(const TestSelector& selector, const Graph& graph,
                          const TestLabels* labels)
{
  if (selector.empty()) {
    return {};
  }
  std::vector<NamedTest> tests;
  tests.reserve(graph.test_count());
  for (std::uint32_t i = 0; i < graph.test_count(); ++i) {
    NamedTest& test = tests.emplace_back(
        NamedTest{graph.key(TestId{i}), std::string(graph.source_directory(TestId{i})), {}});
    if (labels != nullptr && !selector.labels.empty()) {
      const auto known = labels->find(test.key);
      test.labels = known == labels->end() ? std::vector<std::string>() : known->second;
    }
  }
  MeantIndices found = tests_meant_by(selector, tests);
  MeantTests meant{{}, std::move(found.unmatched)};
  for (const std::size_t test : found.tests) {
    meant.tests.push_back(TestId{static_cast<std::uint32_t>(test)});
  }
  return meant;
}

} // namespace winnow::select
