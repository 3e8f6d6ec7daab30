// Which tests of a build tree `winnow ctest` runs: ctest's filters and fixtures.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace winnow::client {

/// Regular expressions in CMake's dialect, as they were given; an empty one is none.
struct CTestFilters {
  std::string include;                     ///< -R: names that match
  std::string exclude;                     ///< -E: names that do not
  std::vector<std::string> include_labels; ///< -L: each must match some label of the test
  std::vector<std::string> exclude_labels; ///< -LE: out if each matches some label of the test
};

/// A test and the number ctest calls it by.
struct NumberedTest {
  std::uint32_t number = 0; ///< counts from 1
  std::uint32_t test = 0;   ///< index in all tests
};

struct CTestSelection {
  std::vector<NumberedTest> tests; ///< ascending
  std::uint32_t numbered = 0;      ///< how many tests have a number
};

/// The tests ctest would run out of all tests of a build tree in the order of its files.
///
/// Setups and cleanups of the fixtures that selected tests need are added after the filters, and
/// what those need in turn; a disabled test adds nothing. With -E and without -R, ctest never sees
/// the excluded tests: no fixture brings them back, and they have no number.
///
/// A user error for a pattern that is none; ctest says so, selects no test and succeeds.
Result<CTestSelection> select_tests(std::span<const TestDescription> tests,
                                    const CTestFilters& filters);

} // namespace winnow::client
