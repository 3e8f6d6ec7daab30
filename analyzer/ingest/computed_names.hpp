// What `#include MACRO` may name, by expanding macros without knowing which definition holds.
#pragma once

#include "analyzer/ingest/include_directives.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// A macro's parameters, as in NamingMacro, and its value.
struct MacroDefinition {
  std::string_view parameters;
  std::string_view value;
};

using MacroLookup = std::function<std::vector<MacroDefinition>(std::string_view name)>;

struct ComputedNames {
  std::vector<IncludeDirective> names; ///< quoted or angled
  bool complete = true;                ///< false: too many to follow; any name is possible
};

/// Every name that the tokens can become when each macro in them has any of its definitions or
/// none. A macro nobody defines names nothing: its directive is in a branch that is not taken.
ComputedNames computed_names(std::string_view tokens, IncludeUse use,
                             const MacroLookup& definitions);

} // namespace winnow::ingest
