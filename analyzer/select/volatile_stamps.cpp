// Matches the patterns of winnow.json.
#include "analyzer/select/volatile_stamps.hpp"

#include "analyzer/model/roots.hpp"
#include "analyzer/model/wildcard.hpp"

#include <algorithm>

namespace winnow::select {

bool is_volatile(const VolatileStamps& meaningless, std::string_view graph_path)
{
  return origin_of(graph_path) == Origin::build &&
         std::ranges::any_of(meaningless.build_files, [&](const PathPattern& pattern) {
           return pattern.matches(graph_path.substr(build_prefix.size()));
         });
}

bool is_volatile_definition(const VolatileStamps& meaningless, std::string_view name)
{
  return std::ranges::any_of(meaningless.definitions,
                             [&](const std::string& pattern) { return matches(pattern, name); });
}

} // namespace winnow::select
