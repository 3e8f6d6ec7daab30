// The object model of `ctest --show-only=json-v1`, which IDEs read.
#pragma once

#include "analyzer/model/test_description.hpp"
#include "daemon/client/ctest_selection.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>

namespace winnow::client {

struct CTestListing {
  std::span<const TestDescription> tests;  ///< all of the tree
  std::span<const std::string> backtraces; ///< by test, as in ingest::TestListing
  const CTestSelection& selection;
  std::string configuration; ///< -C
  /// Where the program of a test is; nothing where it is missing.
  std::function<std::optional<std::string>(const TestDescription&)> program_of;
};

/// The document of ctest 3.25, version 1.0. As there, a test that has fixtures DEPENDS on those
/// that set them up, and a cleanup on those that use what it cleans up.
std::string ctest_json(const CTestListing& listing);

} // namespace winnow::client
