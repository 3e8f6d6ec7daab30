// Asks the project's rules in their order, then the shipped ones.
#include "analyzer/select/rule_book.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/select/shipped_rules.hpp"

#include <algorithm>

namespace winnow::select {

RuleBook::RuleBook(const Graph& graph, const Settings* settings, const TestLabels* labels)
    : graph_(graph),
      settings_(settings),
      labels_(labels),
      meant_(settings == nullptr ? 0 : settings->rules.size())
{}

const MeantTests& RuleBook::tests_of(std::size_t rule)
{
  if (!meant_[rule]) {
    meant_[rule] = tests_meant_by(settings_->rules[rule].tests, graph_, labels_);
  }
  return *meant_[rule];
}

ProjectRuling RuleBook::ruling(std::string_view path)
{
  ProjectRuling ruling;
  if (settings_ == nullptr || origin_of(path) == Origin::build) {
    return ruling;
  }
  for (std::size_t i = 0; i < settings_->rules.size(); ++i) {
    const ProjectRule& rule = settings_->rules[i];
    if (std::ranges::none_of(rule.patterns,
                             [&](const PathPattern& pattern) { return pattern.matches(path); })) {
      continue;
    }
    switch (rule.effect) {
    case ProjectRule::Effect::ignore:
      ruling.kind = ProjectRuling::Kind::ignored;
      break;
    case ProjectRule::Effect::judge:
      ruling.kind = ProjectRuling::Kind::judged;
      break;
    case ProjectRule::Effect::everything:
      ruling.kind = ProjectRuling::Kind::everything;
      break;
    case ProjectRule::Effect::tests:
      ruling.tests = tests_of(i).tests;
      ruling.kind = tests_of(i).unmatched.empty() ? ProjectRuling::Kind::decided
                                                  : ProjectRuling::Kind::judged;
      break;
    }
    ruling.rule = rule.name;
    break;
  }
  return ruling;
}

ShippedEffect RuleBook::effect(ShippedRule rule) const
{
  static const ShippedEffects as_shipped;
  return (settings_ == nullptr ? as_shipped : settings_->shipped).of(rule);
}

std::optional<std::string> RuleBook::ignored_by(std::string_view path)
{
  const ProjectRuling own = ruling(path);
  if (own.kind == ProjectRuling::Kind::ignored) {
    return std::string(own.rule);
  }
  if (own.kind == ProjectRuling::Kind::none &&
      effect(ShippedRule::harmless_files) == ShippedEffect::nothing && harmless_pattern(path)) {
    return std::string(name_of(ShippedRule::harmless_files));
  }
  return std::nullopt;
}

} // namespace winnow::select
