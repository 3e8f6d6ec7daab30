// How winnow.json has tests run, what they take, and what there is of it.
#pragma once

#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/model/counted_resource.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/run_request.hpp"
#include "analyzer/model/settings.hpp"
#include "daemon/client/build_context.hpp"

#include <map>
#include <vector>

namespace winnow::client {

struct HeededSettings {
  Settings settings;
  std::vector<CountedResource> resources; ///< also those that CMake files declare
  std::map<TestKey, Repeat> repeats;      ///< of tests of which a rule says so
};

/// What winnow.json says of resources counts for every verb that runs or plans tests: the
/// statements of its rules are added to the tests of the listing, which has those of CMake files.
/// All are checked against the kinds that are declared, also of tests that do not run now: a
/// statement is right or wrong for all runs. User errors name the place.
Result<HeededSettings> heed_settings(const Roots& roots, ingest::TestListing& listing);

/// Completes the request of `winnow run` by that, where it does not say itself how often tests run
/// again, what they may use at once, and which named instances there are. User errors name the
/// place.
Result<void> apply_run_settings(const BuildContext& context, const ingest::TestListing& listing,
                                const HeededSettings& heeded, RunRequest& request);

} // namespace winnow::client
