// The branch that the work tree is on.
#pragma once

#include "daemon/client/build_context.hpp"

#include <string>

namespace winnow::client {

/// As git has it; where HEAD is detached, as CI systems have it, what their variables say. "" where
/// nobody tells. It only keeps verdicts of one branch apart from those of others: no test is
/// skipped for it.
std::string branch_name(const BuildContext& context);

} // namespace winnow::client
