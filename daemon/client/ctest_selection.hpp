// Which tests of a build tree `winnow ctest` runs, and the numbers ctest calls them by.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/test_description.hpp"
#include "daemon/client/ctest_numbers.hpp"
#include "daemon/client/test_filters.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace winnow::client {

/// Where ctest misleads, `winnow ctest` differs on purpose; the README lists where.
enum class CTestAgreement { but_for_listed, strict };

/// What ctest's options say of the tests to run.
struct CTestFilters {
  TestFilters patterns; ///< -R, -E, -L, -LE
  std::string numbers;  ///< -I: as CTestNumbers has them, or the file whose first line does
  bool united = false;  ///< -U: what the patterns let through is added to the numbers
  bool rerun_failed = false;
  bool out_of_date = false;
  std::string without_fixtures; ///< -FA: an expression of fixtures; "" means none
  std::string without_setups;   ///< -FS
  std::string without_cleanups; ///< -FC
  /// --tests-from-file, --exclude-from-file: exact names, a line each; "" means none.
  std::string names_file;
  std::string excluded_names_file;
};

/// A test and the number ctest calls it by.
struct NumberedTest {
  std::uint32_t number = 0; ///< counts from 1
  std::uint32_t test = 0;   ///< index in all tests
};

struct CTestSelection {
  std::vector<NumberedTest> tests; ///< ascending
  /// Indices in all tests of those that have a number, in its order.
  std::vector<std::size_t> numbered;
  /// Those that are there for fixtures of others alone, in the order in which ctest came to them.
  std::vector<AddedCompanion> added;
  /// Indices in `tests` in the order in which ctest came to them: those added last.
  std::vector<std::uint32_t> order;
  /// Left out, as an interrupted run has done them; they count, make room and have lines for
  /// labels.
  std::vector<NumberedTest> done;
};

/// Without the tests of these numbers: they have been done. Strictly, all of them; else the setups
/// and cleanups of what is left stay, since an interrupted run has cleaned up.
CTestSelection without_done(CTestSelection selection, std::span<const TestDescription> tests,
                            const std::set<std::uint32_t>& numbers, CTestAgreement agreement);

/// The tests ctest would run out of all tests of a build tree in the order of its files: what the
/// filters let through, with its fixtures. Relative paths are from the build tree, as ctest has it.
///
/// With -E and without -R, ctest never sees the excluded tests: no fixture brings them back, and
/// they have no number.
///
/// --rerun-failed leaves all filters but -E aside. It goes by names, of which a repeated one means
/// the test that has the number it had, or all of that name; strictly, by numbers alone, which
/// mean other tests once there is a test more. Without a list it runs all tests.
///
/// --out-of-date leaves tests out last, before fixtures are added: `is_out_of_date` is asked about
/// those that everything else lets through, by their index in all tests. It does not count beside
/// --rerun-failed.
///
/// A user error for a pattern or number that is none (ctest selects something else), and for a file
/// of names that cannot be read.
Result<CTestSelection> select_tests(std::span<const TestDescription> tests,
                                    const CTestFilters& filters, const std::string& build_dir,
                                    CTestAgreement agreement,
                                    const std::function<bool(std::size_t)>& is_out_of_date = {});

} // namespace winnow::client
