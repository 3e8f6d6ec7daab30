// What CMake files and winnow.json state of tests' resources, for `winnow ctest`.
#pragma once

#include "analyzer/ingest/ctest_files.hpp"
#include "analyzer/model/error.hpp"
#include "daemon/client/ctest_session.hpp"
#include "daemon/client/heeded_settings.hpp"

namespace winnow::client {

/// The same as for `winnow run`: what keeps tests apart. Nothing of all that where ctest is
/// followed to the letter, where tests are only listed, and where no project is known. An export
/// that is damaged is complained of. A user error where winnow.json is faulty, or a statement asks
/// for what there is not.
Result<HeededSettings> honour_statements(const CTestSession& session, ingest::TestListing& listing);

} // namespace winnow::client
