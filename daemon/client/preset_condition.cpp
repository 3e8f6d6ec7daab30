// Evaluates conditions from the inside out.
#include "daemon/client/preset_condition.hpp"

#include "analyzer/model/cmake_regex.hpp"

#include <cstddef>
#include <utility>

namespace winnow::client {
namespace {

using enum PresetCondition::Type;

Judgement undecided(Expansion expansion)
{
  return {expansion.outcome, false, std::move(expansion.text)};
}

Judgement decided(bool holds)
{
  return {Expansion::Outcome::replaced, holds, {}};
}

Judgement judge_match(const std::string& text, const std::string& expression)
{
  const Result<CMakeRegex> regex = CMakeRegex::compile(expression);
  if (!regex) {
    return {Expansion::Outcome::wrong, false, regex.error().message};
  }
  return decided(regex->matches(text));
}

/// equals and in_list look for the first text among the others.
Judgement judge_texts(const PresetCondition& condition, const MacroLookup& lookup)
{
  const Expansion first = replace_macros(condition.texts.front(), lookup);
  if (!first.replaced()) {
    return undecided(first);
  }
  for (std::size_t i = 1; i < condition.texts.size(); ++i) {
    const Expansion other = replace_macros(condition.texts[i], lookup);
    if (!other.replaced()) {
      return undecided(other);
    }
    if (condition.type == matches) {
      return judge_match(first.text, other.text);
    }
    if (first.text == other.text) {
      return decided(true);
    }
  }
  return decided(false);
}

Judgement judge_parts(const PresetCondition& condition, const MacroLookup& lookup)
{
  const bool decisive = condition.type == any_of;
  for (const PresetCondition& part : condition.parts) {
    Judgement judgement = judge(part, lookup);
    if (judgement.outcome != Expansion::Outcome::replaced || judgement.holds == decisive) {
      return judgement;
    }
  }
  return decided(!decisive);
}

} // namespace

Judgement judge(const PresetCondition& condition, const MacroLookup& lookup)
{
  switch (condition.type) {
  case null:
    return decided(true);
  case constant:
    return decided(condition.value);
  case equals:
  case in_list:
  case matches:
    return judge_texts(condition, lookup);
  case any_of:
  case all_of:
    return judge_parts(condition, lookup);
  case negation:
    break;
  }
  Judgement judgement = judge(condition.parts.front(), lookup);
  judgement.holds = !judgement.holds;
  return judgement;
}

} // namespace winnow::client
