// What a changed file selects that has no edge in the graph.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/selection.hpp"
#include "analyzer/select/part.hpp"
#include "analyzer/select/rule_book.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace winnow::select {

/// Whether the graph tells who finds a header of the file's name: because it knows all includes, or
/// because some step reads one.
enum class NameRead { yes, no };

/// Whether base's graph was at hand, so that what configuring makes of a file is known.
enum class Configurations { compared, not_compared };

struct UnknownFileRuling {
  enum class Kind {
    nothing,     ///< ignored, or what it can affect is found by its name
    opaque_part, ///< `tests` of the part it lies in
    everything   ///< fallback
  };

  Kind kind = Kind::everything;
  std::vector<TestId> tests;
  std::string rule;         ///< that says so; "" where none does
  std::string because = {}; ///< with `everything`: what keeps a rule from saying `nothing`
  /// Under which names nothing knows the file, or nothing but what leads to `tests`
  /// (said_key.hpp); empty where that was not asked.
  std::vector<std::string> unnamed = {};

  /// Whether it is everything because no rule says anything.
  [[nodiscard]] bool is_undecided() const { return kind == Kind::everything && rule.empty(); }
};

/// What the shipped rules say, documented at select_affected(); of the project's own only those
/// that ignore. `status` is not renamed: that is a file gone and another one added.
UnknownFileRuling rule_on_unknown_file(std::string_view path, ChangeStatus status, NameRead read,
                                       Configurations configurations, const Parts& parts,
                                       RuleBook& rules);

/// Tells the selection what a rule does not select for the file.
void note_ruled(std::string_view path, const UnknownFileRuling& ruling, Selection& selection);

} // namespace winnow::select
