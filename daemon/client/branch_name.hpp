// The branch that the work tree is on.
#pragma once

#include <string>

namespace winnow::client {

/// `checked_out`, as git has it; where that is "", since CI systems detach HEAD, what their
/// variables say. "" where nobody tells. It only keeps verdicts of one branch apart from those of
/// others: no test is skipped for it.
std::string branch_name(const std::string& checked_out);

} // namespace winnow::client
