// The builds that succeeded, page by page, newest first: requests and what their answers say.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/ci/ci_place.hpp"
#include "daemon/ci/http_answer.hpp"
#include "daemon/ci/http_client.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ci {

/// The request for a page: "" is the first, others are as the page before says.
Request builds_request(const Place& place, std::string_view page);

struct BuildsPage {
  std::vector<std::string> commits; ///< of successful builds, in the order of the answer
  std::string next;                 ///< page; "" where this is the last one
};

/// An environment error: the answer is no success, or none of the system's.
Result<BuildsPage> builds_in(const Place& place, const Answer& answer);

/// "GitHub".
std::string_view name_of(System system);

/// "the builds of ci.yml on main in owner/name".
std::string asked_of(const Place& place);

} // namespace winnow::ci
