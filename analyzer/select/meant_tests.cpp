// Asks every test of the graph whether a selector names it.
#include "analyzer/select/meant_tests.hpp"

#include "analyzer/model/wildcard.hpp"

#include <algorithm>
#include <set>

namespace winnow::select {
namespace {

bool has_label(const TestLabels* labels, const TestKey& key, const std::string& label)
{
  if (labels == nullptr) {
    return false;
  }
  const auto known = labels->find(key);
  return known != labels->end() && std::ranges::find(known->second, label) != known->second.end();
}

/// The root is no directory that a pattern could name but by what lies in it.
bool is_in(const PathPattern& pattern, std::string_view directory)
{
  return pattern.matches(directory == "." ? "" : directory, PathKind::directory);
}

class Search {
 public:
  explicit Search(const Graph& graph) : graph_(graph) {}

  template <class Names>
  void add(const std::string& what, Names names)
  {
    bool found = false;
    for (std::uint32_t i = 0; i < graph_.test_count(); ++i) {
      if (names(TestId{i})) {
        tests_.insert(TestId{i});
        found = true;
      }
    }
    if (!found) {
      meant_.unmatched.push_back(what);
    }
  }

  MeantTests finish() &&
  {
    meant_.tests.assign(tests_.begin(), tests_.end());
    return std::move(meant_);
  }

 private:
  const Graph& graph_;
  std::set<TestId> tests_;
  MeantTests meant_;
};

} // namespace

MeantTests tests_meant_by(const TestSelector& selector, const Graph& graph,
                          const TestLabels* labels)
{
  Search search(graph);
  for (const std::string& name : selector.tests) {
    search.add("test " + name, [&](TestId test) {
      const TestKey key = graph.key(test);
      return matches(name, key.name) || matches(name, key.display());
    });
  }
  for (const std::string& label : selector.labels) {
    search.add("label " + label,
               [&](TestId test) { return has_label(labels, graph.key(test), label); });
  }
  for (const PathPattern& directory : selector.directories) {
    search.add("directory " + directory.text(),
               [&](TestId test) { return is_in(directory, graph.source_directory(test)); });
  }
  return std::move(search).finish();
}

} // namespace winnow::select
