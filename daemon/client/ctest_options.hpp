// The command line of `winnow ctest`, read as ctest reads its own.
#pragma once

#include "analyzer/model/error.hpp"
#include "analyzer/model/repeat.hpp"
#include "daemon/client/ctest_selection.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace winnow::client {

/// What to do when no test is left: ctest says so and succeeds.
enum class NoTests { warn, fail, ignore };

enum class CTestVerbosity { quiet, normal, verbose };

enum class OutputTruncation { tail, middle, head };

/// How much of an output JUnit documents have, in bytes, and which part is left out.
struct OutputLimits {
  std::size_t passed = 1024;
  std::size_t failed = 300 * 1024;
  std::optional<OutputTruncation> truncation;
};

enum class CTestMode {
  run,
  list,
  list_as_json, ///< --show-only=json-v1
  print_labels,
  help,
  version,
  delegate ///< to ctest itself: dashboards, scripts and what else is not about running tests
};

struct CTestOptions {
  std::string test_dir;      ///< --test-dir; "" means the current directory
  std::string configuration; ///< -C
  std::optional<std::string> preset;
  std::string presets_file; ///< relative to the current directory; "" means CMake's own
  bool list_presets = false;
  /// --overwrite: entries of DartConfiguration.tcl. BuildDirectory is where the tests are, as ctest
  /// has it for presets; relative to where it would be without.
  std::map<std::string, std::string, std::less<>> overwritten;
  std::vector<std::string> for_tests; ///< what follows --: arguments for every test
  CTestFilters filters;
  CTestMode mode = CTestMode::run;
  bool json_of_texts = false; ///< --show-only=json-v1-raw: values as they stand in the files
  /// -j: tests that run at once. 0 means no limit; unset means as many as this machine has cpus,
  /// at least 2.
  std::optional<std::uint32_t> jobs = 1;
  std::optional<double> timeout_s; ///< for tests without a TIMEOUT of their own; 0 means none
  CTestVerbosity verbosity = CTestVerbosity::normal;
  bool output_on_failure = false;
  bool progress = false;                   ///< --progress, on a terminal that can
  bool colored = false;                    ///< the summary, on a terminal that can
  std::string output_log;                  ///< -O: "" means none
  bool failover = false;                   ///< -F: leave out what an interrupted run has done
  std::optional<std::uint32_t> load_limit; ///< --test-load
  std::optional<Repeat> repeat;
  std::optional<std::int64_t> stop_at_us; ///< --stop-time: wall time since the Unix epoch
  bool stop_on_failure = false;
  /// --schedule-random; its seed, if one is given.
  bool random_order = false;
  std::optional<std::uint32_t> random_seed;
  OutputLimits output_limits;
  bool debugs_interactively = true; ///< tests see CTEST_INTERACTIVE_DEBUG_MODE=1
  bool label_summary = true;
  bool subproject_summary = true;
  std::uint32_t name_width = 30; ///< --max-width: at least so much room for names
  NoTests no_tests = NoTests::warn;
  CTestAgreement agreement = CTestAgreement::but_for_listed;
  std::string junit_file;         ///< "" means none; relative to the build tree
  std::string resource_spec_file; ///< the same
};

/// Whether nothing is run: the tests are only told of.
constexpr bool only_tells(CTestMode mode)
{
  return mode == CTestMode::list || mode == CTestMode::list_as_json ||
         mode == CTestMode::print_labels;
}

/// Whether ctest keeps all its own lines to itself.
constexpr bool says_nothing(const CTestOptions& options)
{
  return options.verbosity == CTestVerbosity::quiet || options.mode == CTestMode::list_as_json;
}

/// Reads the arguments after `winnow ctest`. `environment` holds "NAME=value";
/// CTEST_PARALLEL_LEVEL, CTEST_OUTPUT_ON_FAILURE, CTEST_PROGRESS_OUTPUT and CTEST_NO_TESTS_ACTION
/// count where no option says otherwise.
///
/// Once an option asks for what is ctest's own, the rest is not looked at. A user error for an
/// option that ctest does not have, and for a value that is none: ctest 3.25 ignores most of these,
/// and then runs something else than was asked for.
Result<CTestOptions> parse_ctest_options(std::span<const std::string> arguments,
                                         std::span<const std::string> environment);

/// What `winnow ctest --help` prints: the options, a line each.
std::string ctest_help();

} // namespace winnow::client
