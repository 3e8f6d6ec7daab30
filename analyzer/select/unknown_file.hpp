// What a changed file selects that has no edge in the graph.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/select/part.hpp"

#include <span>
#include <string_view>

namespace winnow::select {

/// Whether some step reads a header of the file's name.
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
};

/// The rules are documented at select_affected(). `status` is not renamed: that is a file gone and
/// another one added.
UnknownFileRuling rule_on_unknown_file(std::string_view path, ChangeStatus status, NameRead read,
                                       Configurations configurations, const Parts& parts);

} // namespace winnow::select
