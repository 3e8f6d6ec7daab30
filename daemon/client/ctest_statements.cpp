// Reads the export, and winnow.json only where a statement is about what that declares.
#include "daemon/client/ctest_statements.hpp"

#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/read_tests.hpp"
#include "daemon/client/declared_resources.hpp"
#include "daemon/client/project_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

namespace winnow::client {

Result<std::vector<CountedResource>> honour_statements(const CTestSession& session,
                                                       ingest::TestListing& listing)
{
  const CTestOptions& options = session.options;
  if (options.agreement == CTestAgreement::strict || only_tells(options.mode) ||
      session.source_dir.empty()) {
    return std::vector<CountedResource>();
  }
  const Roots roots{session.source_dir, session.tree.build_dir};
  const Result<std::optional<ingest::Export>> exported =
      ingest::read_export(roots.build + "/.winnow/export.json");
  if (!exported) {
    fmt::print(stderr, "winnow: {}; what it states of tests is not heeded\n",
               exported.error().message);
  }
  if (!exported || !*exported) {
    return std::vector<CountedResource>();
  }
  ingest::state_resources(**exported, roots, listing);
  const auto asks = [](const TestDescription& test) { return !test.stated.pools.empty(); };
  if (std::ranges::none_of(listing.tests, asks)) {
    return std::vector<CountedResource>();
  }
  Result<Settings> settings = read_settings(roots);
  if (!settings) {
    return settings.error();
  }
  Result<std::vector<CountedResource>> declared =
      declared_resources(std::move(settings->resources), listing.resources);
  for (std::size_t test = 0; declared && test < listing.tests.size(); ++test) {
    const Result<void> fits =
        check_statement(listing.tests[test].key, listing.tests[test].stated, *declared);
    if (!fits) {
      return fits.error();
    }
  }
  return declared;
}

} // namespace winnow::client
