// One row for each option.
#include "daemon/client/ctest_option_table.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace winnow::client {

namespace {

using Objection = CTestObjection;

using Expressions = std::vector<std::string>;

template <Expressions TestFilters::*member>
Objection add_filter(CTestOptions& options, std::string_view value)
{
  if (!value.empty()) {
    (options.filters.patterns.*member).emplace_back(value);
  }
  return {};
}

/// An expression of names; the last one given counts, as in ctest 3.25.
template <Expressions TestFilters::*member>
Objection set_filter(CTestOptions& options, std::string_view value)
{
  (options.filters.patterns.*member).clear();
  return add_filter<member>(options, value);
}

/// Sets a text option; the last one given counts.
template <std::string CTestOptions::*member>
Objection set_text(CTestOptions& options, std::string_view value)
{
  options.*member = value;
  return {};
}

template <std::string CTestFilters::*member>
Objection set_filter_text(CTestOptions& options, std::string_view value)
{
  options.filters.*member = value;
  return {};
}

template <bool CTestFilters::*member>
Objection set_filter_flag(CTestOptions& options, std::string_view /*value*/)
{
  options.filters.*member = true;
  return {};
}

/// In whatever order: -Q beats it.
Objection set_verbose(CTestOptions& options, std::string_view /*value*/)
{
  if (options.verbosity != CTestVerbosity::quiet) {
    options.verbosity = CTestVerbosity::verbose;
  }
  return {};
}

/// The first one counts, as in ctest 3.25.
Objection set_preset(CTestOptions& options, std::string_view value)
{
  options.preset = options.preset.value_or(std::string(value));
  return {};
}

/// KEY=VALUE.
Objection overwrite(CTestOptions& options, std::string_view value)
{
  const std::size_t equals = value.find('=');
  if (equals == std::string_view::npos) {
    return fmt::format("'{}' is no KEY=VALUE", value);
  }
  options.overwritten.insert_or_assign(std::string(value.substr(0, equals)),
                                       value.substr(equals + 1));
  return {};
}

/// Of an option that means nothing here.
Objection ignore(CTestOptions& /*options*/, std::string_view /*value*/)
{
  return {};
}

template <auto member, auto setting>
Objection set_to(CTestOptions& options, std::string_view /*value*/)
{
  options.*member = setting;
  return {};
}

using enum CTestOption::Takes;

constexpr CTestOption known_options[] = {
    {"-C", "--build-config", value, set_text<&CTestOptions::configuration>,
     "The configuration of a multi-config tree"},
    {"", "--test-dir", value, set_text<&CTestOptions::test_dir>,
     "The build tree (default: the current directory)"},
    {"", "--preset", value, set_preset, "The test preset of the current directory that is meant"},
    {"", "--presets-file", value, set_text<&CTestOptions::presets_file>,
     "Where presets are, instead of in CMakePresets.json"},
    {"", "--list-presets", nothing, set_to<&CTestOptions::list_presets, true>,
     "List the test presets, and run nothing"},
    {"", "--overwrite", value, overwrite, "KEY=VALUE in place of DartConfiguration.tcl's"},
    {"-R", "--tests-regex", value, set_filter<&TestFilters::include>,
     "Only tests whose name matches"},
    {"-E", "--exclude-regex", value, set_filter<&TestFilters::exclude>,
     "No test whose name matches"},
    {"-L", "--label-regex", value, add_filter<&TestFilters::label_include>,
     "Only tests with a matching label"},
    {"-LE", "--label-exclude", value, add_filter<&TestFilters::label_exclude>,
     "No test with a matching label"},
    {"-I", "--tests-information", value, set_filter_text<&CTestFilters::numbers>,
     "Only these: Start,End,Stride,Number,..., or a file that has it"},
    {"-U", "--union", nothing, set_filter_flag<&CTestFilters::united>,
     "What -R and its like select, and what -I does"},
    {"", "--rerun-failed", nothing, set_filter_flag<&CTestFilters::rerun_failed>,
     "Only what failed in the last run"},
    {"", "--out-of-date", nothing, set_filter_flag<&CTestFilters::out_of_date>,
     "Only what has changed since it passed, or has not passed"},
    {"", "--tests-from-file", value, set_filter_text<&CTestFilters::names_file>,
     "Only tests with a name in the file"},
    {"", "--exclude-from-file", value, set_filter_text<&CTestFilters::excluded_names_file>,
     "No test with a name in the file"},
    {"-FA", "--fixture-exclude-any", value, set_filter_text<&CTestFilters::without_fixtures>,
     "Add no tests of fixtures whose name matches"},
    {"-FS", "--fixture-exclude-setup", value, set_filter_text<&CTestFilters::without_setups>,
     "Add no setups of such fixtures"},
    {"-FC", "--fixture-exclude-cleanup", value, set_filter_text<&CTestFilters::without_cleanups>,
     "Add no cleanups of such fixtures"},
    {"-N", "", nothing, set_ctest_show_only, "List, and run nothing"},
    {"", "--show-only", value_after_equals, set_ctest_show_only,
     "The same; =human, =json-v1 or =json-v1-raw"},
    {"", "--print-labels", nothing, set_to<&CTestOptions::mode, CTestMode::print_labels>,
     "List the labels, and run nothing"},
    {"-j", "--parallel", number_if_there, set_ctest_jobs, "How many tests run at once"},
    {"", "--test-load", value, set_ctest_load,
     "Start nothing that would take the load of the machine above this"},
    {"", "--timeout", value, set_ctest_timeout, "Seconds, for tests that state none"},
    {"", "--stop-time", value, set_ctest_stop_time,
     "When nothing runs any more: HH:MM[:SS] [+HHMM]"},
    {"", "--repeat", value, set_ctest_repeat,
     "Run tests again: until-fail:N, until-pass:N or after-timeout:N"},
    {"", "--repeat-until-fail", value, set_ctest_repeat_until_fail, "The same as until-fail:N"},
    {"", "--schedule-random", nothing, set_to<&CTestOptions::random_order, true>,
     "Start tests in any order"},
    {"", "--schedule-random-seed", value, set_ctest_random_seed,
     "The same order with the same number"},
    {"-F", "", nothing, set_to<&CTestOptions::failover, true>,
     "Go on where an interrupted run has stopped"},
    {"", "--interactive-debug-mode", value, set_ctest_interactive,
     "Whether tests may ask somebody (1): CTEST_INTERACTIVE_DEBUG_MODE"},
    {"-V", "--verbose", nothing, set_verbose, "Show the output of every test"},
    {"-VV", "--extra-verbose", nothing, set_verbose, "The same"},
    {"", "--debug", nothing, set_verbose, "The same"},
    {"-Q", "--quiet", nothing, set_to<&CTestOptions::verbosity, CTestVerbosity::quiet>,
     "Show nothing"},
    {"-O", "--output-log", value, set_text<&CTestOptions::output_log>,
     "Write what is shown into a file, too"},
    {"", "--progress", nothing, set_to<&CTestOptions::progress, true>,
     "On a terminal: one line that tells how far it is"},
    {"", "--output-on-failure", nothing, set_to<&CTestOptions::output_on_failure, true>,
     "Show the output of tests that fail"},
    {"", "--stop-on-failure", nothing, set_to<&CTestOptions::stop_on_failure, true>,
     "Start nothing more once a test has failed"},
    {"", "--no-label-summary", nothing, set_to<&CTestOptions::label_summary, false>,
     "No times of labels at the end"},
    {"", "--no-subproject-summary", nothing, set_to<&CTestOptions::subproject_summary, false>,
     "No times of subprojects at the end"},
    {"-W", "--max-width", value, set_ctest_name_width, "Room for names of tests (30)"},
    {"", "--no-tests", value, set_ctest_no_tests, "Without a test to run: error or ignore"},
    {"", "--test-output-size-passed", value, set_ctest_size_passed,
     "Bytes of a passing test's output in JUnit (1024; 0: all)"},
    {"", "--test-output-size-failed", value, set_ctest_size_failed, "Of another's (307200)"},
    {"", "--test-output-truncation", value, set_ctest_truncation,
     "What is left out: tail, middle or head"},
    {"", "--output-junit", value, set_text<&CTestOptions::junit_file>, "Write a JUnit document"},
    {"", "--resource-spec-file", value, set_text<&CTestOptions::resource_spec_file>,
     "What the RESOURCE_GROUPS of tests share: a JSON document"},
    {"", "--strict-ctest", nothing, set_to<&CTestOptions::agreement, CTestAgreement::strict>,
     "Do as ctest does also where it misleads"},
    {"", "--force-new-ctest-process", nothing, ignore, "Without meaning here"},
    {"", "--submit-index", value, ignore, "Without meaning here"},
    {"", "--version", nothing, set_to<&CTestOptions::mode, CTestMode::version>,
     "Print which ctest this is like"},
    {"-h", "--help", nothing, set_to<&CTestOptions::mode, CTestMode::help>, "Print this"},
};

/// Options that are about something else than running tests: ctest's own.
constexpr std::array delegated_options = std::to_array<std::string_view>({
    "-A",
    "-D",
    "-M",
    "-S",
    "-SP",
    "-SR",
    "-T",
    "--add-notes",
    "--build-and-test",
    "--collect-instrumentation",
    "--dashboard",
    "--extra-submit",
    "--group",
    "--http-header",
    "--http1.0",
    "--launch",
    "--no-compress-output",
    "--script",
    "--script-new-process",
    "--script-run",
    "--show-line-numbers",
    "--test-action",
    "--test-model",
    "--tomorrow-tag",
    "--track",
});

} // namespace

std::span<const CTestOption> ctest_option_table()
{
  return known_options;
}

std::span<const std::string_view> delegated_ctest_options()
{
  return delegated_options;
}

} // namespace winnow::client
