// The macros of all files read, and what computed includes become by them.
#pragma once

#include "analyzer/ingest/computed_names.hpp"
#include "analyzer/ingest/file_tree.hpp"
#include "analyzer/ingest/include_index.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace winnow::ingest {

/// Definitions in files outside the roots hold for every step, those inside for steps that read the
/// file. What only the former decide is computed once.
class ComputedIncludes {
 public:
  using FileNumber = FileTree::FileNumber;
  using NameId = std::uint32_t;

  /// What one step knows besides definitions outside.
  struct Step {
    std::span<const NamingMacro> arguments;
    const std::vector<std::uint32_t>& file_walks; ///< by file: the last walk that met it
    std::uint32_t walk;
  };

  explicit ComputedIncludes(NameTable& names) : names_(names) {}

  /// Once for each file.
  void add(FileNumber file, bool inside, const IndexedFile& directives);

  /// What the tokens become for a step.
  ComputedNames names(NameId tokens, IncludeUse use, const Step& step);

  /// What the tokens become for every step, or null if steps may differ. Valid until the next call.
  const ComputedNames* same_for_all(NameId tokens, IncludeUse use, const Step& step);

  /// Grows whenever an answer of same_for_all() may have become another one.
  [[nodiscard]] std::uint32_t generation() const { return generation_; }

 private:
  struct Outside {
    std::uint32_t generation = 0;
    ComputedNames names;
    std::vector<std::string_view> asked; ///< the macros in it
  };

  struct Inside {
    FileNumber file;
    MacroDefinition macro;
  };

  const Outside& outside(NameId tokens, IncludeUse use);

  NameTable& names_;
  std::unordered_map<std::string_view, std::vector<MacroDefinition>> outside_;
  std::unordered_map<std::string_view, std::vector<Inside>> inside_;
  std::map<std::pair<NameId, IncludeUse>, Outside> computed_;
  std::unordered_set<std::string_view> asked_;
  std::uint32_t generation_ = 1;
};

} // namespace winnow::ingest
