// How winnow.json has tests run, what they take, and what there is of it.
#pragma once

#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/run_request.hpp"
#include "daemon/client/build_context.hpp"

namespace winnow::client {

/// Completes the request by "run" of winnow.json, where the request does not say itself how often
/// tests run again, what they may use at once, and which named instances there are; the statements
/// of all tests are checked against the kinds that are declared. User errors name the place.
Result<void> apply_run_settings(const BuildContext& context, const ingest::TestListing& listing,
                                RunRequest& request);

} // namespace winnow::client
