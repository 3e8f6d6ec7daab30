// Remembers which macros an expansion asked for, and so when it holds.
#include "analyzer/ingest/computed_includes.hpp"

#include <algorithm>

namespace winnow::ingest {

void ComputedIncludes::add(FileNumber file, bool inside, const IndexedFile& directives)
{
  for (const IndexedFile::Macro& macro : directives.macros) {
    const std::string_view name = names_.name(macro.name);
    const MacroDefinition definition{names_.name(macro.parameters), names_.name(macro.value)};
    generation_ += asked_.contains(name) ? 1 : 0;
    if (inside) {
      inside_[name].push_back({file, definition});
      continue;
    }
    std::vector<MacroDefinition>& known = outside_[name];
    const bool repeated = std::ranges::any_of(known, [&](const MacroDefinition& other) {
      return other.parameters == definition.parameters && other.value == definition.value;
    });
    if (!repeated) {
      known.push_back(definition);
    }
  }
}

const ComputedIncludes::Outside& ComputedIncludes::outside(NameId tokens, IncludeUse use)
{
  Outside& known = computed_[{tokens, use}];
  if (known.generation == generation_) {
    return known;
  }
  std::unordered_set<std::string_view> asked;
  const MacroLookup lookup = [&](std::string_view name) {
    const std::string_view kept = names_.name(names_.id(name));
    asked.insert(kept);
    const auto found = outside_.find(kept);
    return found == outside_.end() ? std::vector<MacroDefinition>() : found->second;
  };
  const std::string text(names_.name(tokens));
  known.names = computed_names(text, use, lookup);
  known.asked.assign(asked.begin(), asked.end());
  known.generation = generation_;
  asked_.insert(asked.begin(), asked.end());
  return known;
}

const ComputedNames* ComputedIncludes::same_for_all(NameId tokens, IncludeUse use, const Step& step)
{
  const Outside& known = outside(tokens, use);
  const bool same = std::ranges::none_of(known.asked, [&](std::string_view name) {
    return inside_.contains(name) || std::ranges::any_of(step.arguments, [&](const auto& macro) {
             return macro.name == name;
           });
  });
  return same ? &known.names : nullptr;
}

ComputedNames ComputedIncludes::names(NameId tokens, IncludeUse use, const Step& step)
{
  if (const ComputedNames* same = same_for_all(tokens, use, step)) {
    return *same;
  }
  const MacroLookup lookup = [&](std::string_view name) {
    std::vector<MacroDefinition> definitions;
    for (const NamingMacro& macro : step.arguments) {
      if (macro.name == name) {
        definitions.push_back({macro.parameters, macro.value});
      }
    }
    if (const auto found = inside_.find(name); found != inside_.end()) {
      for (const Inside& definition : found->second) {
        if (definition.file < step.file_walks.size() &&
            step.file_walks[definition.file] == step.walk) {
          definitions.push_back(definition.macro);
        }
      }
    }
    if (const auto found = outside_.find(name); found != outside_.end()) {
      definitions.insert(definitions.end(), found->second.begin(), found->second.end());
    }
    return definitions;
  };
  const std::string text(names_.name(tokens));
  return computed_names(text, use, lookup);
}

} // namespace winnow::ingest
