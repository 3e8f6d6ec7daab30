// The newest state of a history that a CI system built successfully.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/ci/builds_query.hpp"
#include "daemon/ci/ci_place.hpp"

#include <functional>
#include <string>
#include <unordered_set>

namespace winnow::ci {

/// What a clone has of HEAD's history.
struct History {
  std::unordered_set<std::string> commits;
  bool shallow = false; ///< it ends before its beginning
};

using Ask = std::function<Answer(const Request&)>;

/// The commit of the newest successful build that is in `history`; "" where none is, of so many
/// builds as anybody looks at. An environment error: the system gives no list of builds, or none of
/// them is in what a shallow clone has.
Result<std::string> last_green(const Place& place, const History& history, const Ask& ask);

} // namespace winnow::ci
