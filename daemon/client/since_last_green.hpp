// The selection for which each test is compared with the state at which it last passed.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/selection.hpp"
#include "daemon/client/build_context.hpp"

#include <string>

namespace winnow::client {

/// What can have changed the outcome of each test since it last passed at the first attempt in the
/// history of HEAD, or of `branch` if it is not "". States that are not compared, because too many
/// tests or too much configuring would be needed, select their tests. A user error without git, or
/// where `branch` names no commit. Where nothing has ever passed, says so on standard error.
Result<Selection> select_since_last_green(const BuildContext& context, const std::string& branch);

} // namespace winnow::client
