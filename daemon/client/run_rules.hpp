// How winnow.json has single tests run.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/run_request.hpp"
#include "daemon/client/build_context.hpp"

namespace winnow::client {

/// Gives the tests of the request what `run.rules` say of them: nothing where the request says for
/// all how often tests are run again.
Result<void> apply_run_rules(const BuildContext& context, RunRequest& request);

} // namespace winnow::client
