// Which tests of a build tree passed last, and in which state: .winnow/ctest-passed.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"
#include "daemon/client/dependency_contents.hpp"
#include "daemon/client/digest.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace winnow::client {

/// A test of one configuration ("" where there is but one).
struct ConfiguredTest {
  std::string configuration;
  TestKey key;

  auto operator<=>(const ConfiguredTest&) const = default;
};

struct TestPass {
  Digest state;               ///< of the test and of everything it depends on
  std::int64_t passed_us = 0; ///< wall time since the Unix epoch

  auto operator<=>(const TestPass&) const = default;
};

struct PassedTests {
  std::map<ConfiguredTest, TestPass> passes;
  KnownContents contents; ///< so that files need not be read again
};

/// Lines of text, tab-separated, with a version first and a checksum last:
///
///     winnow.ctest-passed 1
///     content STATUS CONTENT PATH
///     pass STATE TIME CONFIGURATION DIRECTORY NAME
///     end CHECKSUM
std::string passed_tests_text(const PassedTests& tests);

/// A data error for a text that is none, damaged, or of another version.
Result<PassedTests> parse_passed_tests(std::string_view text);

/// Whether there is a file: passes are remembered from the first run with --out-of-date on, since
/// that reads every program.
bool remembers_passes(const std::string& build_dir);

/// None where there is no file. A data or environment error for one that cannot be read.
Result<PassedTests> read_passed_tests(const std::string& build_dir);

/// Changes the file while nobody else does; what cannot be read counts as empty. An environment
/// error where it cannot be written: then there is none any more, if that can be helped.
Result<void> change_passed_tests(const std::string& build_dir,
                                 const std::function<void(PassedTests&)>& change);

} // namespace winnow::client
