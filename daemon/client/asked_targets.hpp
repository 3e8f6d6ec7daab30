// The targets of --depends-on, with what CMake says of them.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/select/dependents.hpp"
#include "daemon/client/build_context.hpp"
#include "daemon/client/change_options.hpp"

#include <vector>

namespace winnow::client {

/// Requires options.depends_on. User errors: a name that no target has, none named where the
/// project declares none, --exclude-own where nobody says which tests are a target's own.
Result<std::vector<select::AskedTarget>> asked_targets(const BuildContext& context,
                                                       const ChangeOptions& options);

} // namespace winnow::client
