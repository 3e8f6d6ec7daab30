// What winnow_test_resources() states of tests, for `winnow ctest`.
#pragma once

#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/model/counted_resource.hpp"
#include "analyzer/model/error.hpp"
#include "daemon/client/ctest_session.hpp"

#include <vector>

namespace winnow::client {

/// Adds the statements to the tests of the listing, and gives the kinds that they are about;
/// nothing of all that where ctest is followed to the letter. An export that is damaged is
/// complained of. A user error where a statement asks for what there is not and tests are to be
/// run.
Result<std::vector<CountedResource>> honour_statements(const CTestSession& session,
                                                       ingest::TestListing& listing);

} // namespace winnow::client
