// Why tests are not selected.
#pragma once

#include "analyzer/model/explanation.hpp"
#include "analyzer/model/graph.hpp"
#include "analyzer/model/reach.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/select/meant_tests.hpp"
#include "analyzer/select/part.hpp"

#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::select {

/// All arguments must outlive it. Settings and labels are those that were selected by, or null.
class SkippedTests {
 public:
  SkippedTests(const Graph& graph, const Selection& selection, const Settings* settings,
               const TestLabels* labels);

  /// Why, without what the test depends on; requires that it is not selected. O(inputs) where one
  /// of them changed, which is rare for a test that is skipped; else next to nothing.
  [[nodiscard]] SkippedTest reasons_of(TestId test) const;
  /// What the test depends on: O(nodes of the graph) at the first test of each set of direct
  /// inputs; tests of one program share the answer.
  const InputCounts& inputs_of(TestId test);
  /// Both.
  SkippedTest explain(TestId test);

  /// The tests that are not selected, ordered by id.
  [[nodiscard]] std::vector<TestId> all() const;

 private:
  /// What changed for tests that are compared alike.
  struct Changed {
    std::vector<std::pair<std::string_view, std::vector<FileId>>> known; ///< with edges
    std::optional<Reach> reached;                                        ///< from those
    std::map<std::string_view, std::vector<SkipReason>> by_part;         ///< that lead nowhere
  };

  void add_group(const Change& change, const std::vector<IgnoredFile>& ignored);
  const Parts& parts();
  [[nodiscard]] std::vector<std::string_view> changed_inputs(TestId test,
                                                             const Changed& changed) const;

  const Graph& graph_;
  const Selection& selection_;
  const Settings* settings_;
  const TestLabels* labels_;
  std::optional<Parts> parts_; ///< once needed: there where something by_part is
  std::vector<Changed> groups_;
  std::map<std::vector<NodeId>, InputCounts> counted_; ///< by direct inputs
};

} // namespace winnow::select
