// Which tests of a build tree `winnow ctest` runs, and the numbers ctest calls them by.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"
#include "daemon/client/test_filters.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace winnow::client {

/// A test and the number ctest calls it by.
struct NumberedTest {
  std::uint32_t number = 0; ///< counts from 1
  std::uint32_t test = 0;   ///< index in all tests
};

struct CTestSelection {
  std::vector<NumberedTest> tests; ///< ascending
  std::uint32_t numbered = 0;      ///< how many tests have a number
};

/// The tests ctest would run out of all tests of a build tree in the order of its files: what the
/// filters let through, with its fixtures.
///
/// With -E and without -R, ctest never sees the excluded tests: no fixture brings them back, and
/// they have no number.
///
/// A user error for a pattern that is none; ctest says so, selects no test and succeeds.
Result<CTestSelection> select_tests(std::span<const TestDescription> tests,
                                    const TestFilters& filters);

} // namespace winnow::client
