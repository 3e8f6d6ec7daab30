// The command line of `winnow ctest`, read as ctest reads its own.
#pragma once

#include "analyzer/model/error.hpp"
#include "daemon/client/test_filters.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace winnow::client {

/// What to do when no test is left: ctest says so and succeeds.
enum class NoTests { warn, fail, ignore };

enum class CTestVerbosity { quiet, normal, verbose };

enum class CTestMode { run, list, help };

/// Where ctest misleads, `winnow ctest` differs on purpose; the README lists where.
enum class CTestAgreement { but_for_listed, strict };

struct CTestOptions {
  std::string test_dir;      ///< --test-dir; "" means the current directory
  std::string configuration; ///< -C
  TestFilters filters;
  CTestMode mode = CTestMode::run;
  /// -j: tests that run at once. 0 means no limit; unset means as many as this machine has cpus,
  /// at least 2.
  std::optional<std::uint32_t> jobs = 1;
  std::optional<double> timeout_s; ///< for tests without a TIMEOUT of their own; 0 means none
  CTestVerbosity verbosity = CTestVerbosity::normal;
  bool output_on_failure = false;
  bool stop_on_failure = false;
  bool label_summary = true;
  NoTests no_tests = NoTests::warn;
  CTestAgreement agreement = CTestAgreement::but_for_listed;
  std::string junit_file; ///< "" means none; relative to the build tree
};

/// Reads the arguments after `winnow ctest`. `environment` holds "NAME=value";
/// CTEST_PARALLEL_LEVEL, CTEST_OUTPUT_ON_FAILURE and CTEST_NO_TESTS_ACTION count where no option
/// says otherwise.
///
/// A user error for an option that ctest has and this one does not yet, for one that ctest does not
/// have, and for a value that is none: ctest 3.25 ignores most of these, and then runs something
/// else than was asked for.
Result<CTestOptions> parse_ctest_options(std::span<const std::string> arguments,
                                         std::span<const std::string> environment);

/// What `winnow ctest --help` prints: the options, a line each.
std::string ctest_help();

} // namespace winnow::client
