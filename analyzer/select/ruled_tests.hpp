// The tests that rules select, not edges.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/select/selected_tests.hpp"

#include <map>
#include <string_view>
#include <vector>

namespace winnow::select {

class RuledTests {
 public:
  /// The first reason of a test stays; copies nothing otherwise. `rule` is "" where none has a
  /// name.
  void add(TestId test, ReasonKind kind, std::string_view file, std::string_view rule,
           const std::vector<ChainLink>& chain = {});

  /// Those added, and behind them, each once, those that need one of them: a setup that a rule
  /// selects selects its users as a changed one does.
  [[nodiscard]] std::vector<TestReason> with_users(const Graph& graph) const;

 private:
  std::map<TestId, Reason> reasons_;
};

} // namespace winnow::select
