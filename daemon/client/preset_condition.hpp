// The conditions of presets.
#pragma once

#include "daemon/client/preset_macros.hpp"

#include <string>
#include <vector>

namespace winnow::client {

/// A condition as it is written; notEquals and its like are the negation of the other.
struct PresetCondition {
  enum class Type {
    null, ///< of a preset that inherits one and wants none: always true
    constant,
    equals,  ///< texts: two
    in_list, ///< texts: the one that is looked for, then the list
    matches, ///< texts: the one that is looked at, then the expression
    any_of,
    all_of,
    negation
  };

  Type type = Type::null;
  bool value = true; ///< of a constant
  std::vector<std::string> texts;
  std::vector<PresetCondition> parts; ///< of any_of, all_of and negation (one)
};

/// Whether a condition holds, or why that cannot be said.
struct Judgement {
  Expansion::Outcome outcome = Expansion::Outcome::replaced;
  bool holds = true;
  std::string fault; ///< when the outcome is `wrong`
};

/// Macros are replaced as far as their value decides: what comes after the first part of an anyOf
/// that holds is not looked at.
Judgement judge(const PresetCondition& condition, const MacroLookup& lookup);

} // namespace winnow::client
