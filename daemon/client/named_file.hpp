// A file that the command line names.
#pragma once

#include "analyzer/model/error.hpp"

#include <string>
#include <string_view>

namespace winnow::client {

/// All of the file at `path`. A user error when it cannot be read; `what` names it there: "plan".
Result<std::string> content_of(const std::string& path, std::string_view what);

} // namespace winnow::client
