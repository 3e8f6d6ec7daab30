// The newest state that a CI system built successfully.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/client/change_options.hpp"

#include <string>

namespace winnow::client {

/// The newest commit of HEAD's history that has a successful build in options.ci, on the branch
/// that options.since_last_green or the job names; "" where there is none. Asked by the program
/// winnow-ci: this one loads no TLS. A user error for what the surroundings do not tell, an
/// environment error where the system gives no answer.
Result<std::string> green_commit(const ChangeOptions& options, const std::string& source);

} // namespace winnow::client
