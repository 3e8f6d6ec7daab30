// Which past verdicts count for the work tree.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/ids.hpp"
#include "analyzer/select/last_green.hpp"
#include "daemon/client/build_context.hpp"

#include <string>
#include <vector>

namespace winnow::client {

/// The history of `branch`, where only commits count, or of HEAD for "". A user error where it
/// names no commit. As much of the history as is worth looking at.
Result<select::GreenLine> green_line(const BuildContext& context, const std::string& branch);

/// The tests whose newest verdict in HEAD's history is no pass, as select::red_tests() says.
Result<std::vector<TestId>> known_red_tests(const BuildContext& context);

} // namespace winnow::client
