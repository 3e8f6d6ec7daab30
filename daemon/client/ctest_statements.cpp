// Reads the export, then what winnow.json adds to it.
#include "daemon/client/ctest_statements.hpp"

#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/read_tests.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <optional>

namespace winnow::client {

Result<HeededSettings> honour_statements(const CTestSession& session, ingest::TestListing& listing)
{
  const CTestOptions& options = session.options;
  if (options.agreement == CTestAgreement::strict || only_tells(options.mode) ||
      session.source_dir.empty()) {
    return HeededSettings();
  }
  const Roots roots{session.source_dir, session.tree.build_dir};
  const Result<std::optional<ingest::Export>> exported =
      ingest::read_export(roots.build + "/.winnow/export.json");
  if (!exported) {
    fmt::print(stderr, "winnow: {}; what it states of tests is not heeded\n",
               exported.error().message);
  } else if (*exported) {
    ingest::state_resources(**exported, roots, listing);
  }
  return heed_settings(roots, listing);
}

} // namespace winnow::client
