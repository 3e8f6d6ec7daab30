// The object model of `ctest --show-only=json-v1`, which IDEs read.
#pragma once

#include "analyzer/ingest/test_property.hpp"
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
  /// By test, as in ingest::TestListing: values as they stand in the files. Empty for those that
  /// ctest makes of them.
  std::span<const ingest::PropertyTexts> property_texts;
  const CTestSelection& selection;
  std::string configuration; ///< -C
  /// Where the program of a test is; nothing where it is missing.
  std::function<std::optional<std::string>(const TestDescription&)> program_of;
};

/// The document of ctest 3.25, version 1.0. As there, a test that has fixtures DEPENDS on those
/// that set them up, and a cleanup on those that use what it cleans up.
/// Texts of values (json-v1-raw) are as in the documentation of CMake 4.5; no ctest that has them
/// was at hand.
std::string ctest_json(const CTestListing& listing);

} // namespace winnow::client
