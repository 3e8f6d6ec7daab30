// What a changed file selects that has no edge in the graph.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/select/part.hpp"
#include "analyzer/select/rule_book.hpp"

#include <span>
#include <string>
#include <string_view>

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
  std::span<const TestId> tests;
  std::string rule; ///< that says so; "" where none does
};

/// What the shipped rules say, documented at select_affected(); of the project's own only those
/// that ignore. `status` is not renamed: that is a file gone and another one added.
UnknownFileRuling rule_on_unknown_file(std::string_view path, ChangeStatus status, NameRead read,
                                       Configurations configurations, const Parts& parts,
                                       RuleBook& rules);

} // namespace winnow::select
