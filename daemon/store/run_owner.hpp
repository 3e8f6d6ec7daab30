// Who owns a run: the process that executes it, named so that a reused pid is not taken for it.
#pragma once

#include <string>
#include <string_view>

namespace winnow::store {

/// This process: "pid:start time:boot:pid namespace".
std::string this_process();

/// Whether the process that gave itself this name may live. One of another pid namespace cannot be
/// seen from here, so it may.
bool may_live(std::string_view owner);

} // namespace winnow::store
