// The rules that hold in one project: its own, from winnow.json, before the shipped ones.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/settings.hpp"
#include "analyzer/select/meant_tests.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::select {

/// What the project's own rules say of a changed path.
struct ProjectRuling {
  enum class Kind {
    none,      ///< nothing: the shipped rules decide
    ignored,   ///< it cannot matter, where no edge says otherwise
    judged,    ///< no rule ignores it, not even a shipped one; it may affect `tests`
    decided,   ///< it affects `tests`, beside what edges say
    everything ///< it affects every test
  };

  Kind kind = Kind::none;
  std::string_view rule;     ///< its name, "winnow.json:12"; "" with `none`
  std::vector<TestId> tests; ///< ordered by id
};

/// Views into the settings, which must outlive it, as must the graph and the labels.
class RuleBook {
 public:
  /// Without settings the shipped rules hold as shipped.
  RuleBook(const Graph& graph, const Settings* settings, const TestLabels* labels);

  /// By the first rule that matches. Where that names a test, label or directory that the graph
  /// does not have, the path affects what is there, and is judged: perhaps the other name moved on.
  ProjectRuling ruling(std::string_view path);

  [[nodiscard]] ShippedEffect effect(ShippedRule rule) const;

  /// The rule that says a change of `path` selects nothing, where no edge tells otherwise.
  std::optional<std::string> ignored_by(std::string_view path);

 private:
  const MeantTests& tests_of(std::size_t rule);

  const Graph& graph_;
  const Settings* settings_;
  const TestLabels* labels_;
  std::vector<std::optional<MeantTests>> meant_; ///< by rule, once asked
};

} // namespace winnow::select
