// One row for each option.
#include "daemon/client/ctest_option_table.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace winnow::client {

namespace {

using Objection = CTestObjection;

template <class Number>
std::optional<Number> number(std::string_view text)
{
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

} // namespace

CTestObjection set_ctest_jobs(CTestOptions& options, std::string_view value)
{
  if (value.empty()) {
    options.jobs = std::nullopt;
    return {};
  }
  const auto jobs = number<std::uint32_t>(value);
  if (!jobs) {
    return fmt::format("'{}' is no number of tests", value);
  }
  options.jobs = jobs;
  return {};
}

CTestObjection set_ctest_no_tests(CTestOptions& options, std::string_view value)
{
  if (value == "error") {
    options.no_tests = NoTests::fail;
  } else if (value == "ignore") {
    options.no_tests = NoTests::ignore;
  } else {
    return fmt::format("'{}' is neither error nor ignore", value);
  }
  return {};
}

namespace {

Objection set_timeout(CTestOptions& options, std::string_view value)
{
  const auto seconds = number<double>(value);
  if (!seconds || !std::isfinite(*seconds) || *seconds < 0) {
    return fmt::format("'{}' is no number of seconds", value);
  }
  options.timeout_s = seconds;
  return {};
}

Objection set_show_only(CTestOptions& options, std::string_view value)
{
  if (!value.empty() && value != "human" && value != "json-v1") {
    return fmt::format("'{}' is neither human nor json-v1", value);
  }
  // Labels beat a list, and JSON a list for people, in whatever order they are asked for.
  if (options.mode != CTestMode::print_labels && value == "json-v1") {
    options.mode = CTestMode::list_as_json;
  } else if (!only_tells(options.mode)) {
    options.mode = CTestMode::list;
  }
  return {};
}

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

Objection set_name_width(CTestOptions& options, std::string_view value)
{
  const auto width = number<std::uint32_t>(value);
  constexpr std::uint32_t widest = 1000;
  if (!width || *width > widest) {
    return fmt::format("'{}' is no width", value);
  }
  options.name_width = *width;
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
    {"-N", "", nothing, set_show_only, "List, and run nothing"},
    {"", "--show-only", value_after_equals, set_show_only, "The same; =human or =json-v1"},
    {"", "--print-labels", nothing, set_to<&CTestOptions::mode, CTestMode::print_labels>,
     "List the labels, and run nothing"},
    {"-j", "--parallel", number_if_there, set_ctest_jobs, "How many tests run at once"},
    {"", "--timeout", value, set_timeout, "Seconds, for tests that state none"},
    {"-V", "--verbose", nothing, set_verbose, "Show the output of every test"},
    {"-VV", "--extra-verbose", nothing, set_verbose, "The same"},
    {"-Q", "--quiet", nothing, set_to<&CTestOptions::verbosity, CTestVerbosity::quiet>,
     "Show nothing"},
    {"", "--output-on-failure", nothing, set_to<&CTestOptions::output_on_failure, true>,
     "Show the output of tests that fail"},
    {"", "--stop-on-failure", nothing, set_to<&CTestOptions::stop_on_failure, true>,
     "Start nothing more once a test has failed"},
    {"", "--no-label-summary", nothing, set_to<&CTestOptions::label_summary, false>,
     "No times of labels at the end"},
    {"", "--no-subproject-summary", nothing, ignore, "No times of subprojects at the end"},
    {"-W", "--max-width", value, set_name_width, "Room for names of tests (30)"},
    {"", "--no-tests", value, set_ctest_no_tests, "Without a test to run: error or ignore"},
    {"", "--output-junit", value, set_text<&CTestOptions::junit_file>, "Write a JUnit document"},
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
    "--overwrite",
    "--script",
    "--script-new-process",
    "--script-run",
    "--show-line-numbers",
    "--test-action",
    "--test-model",
    "--tomorrow-tag",
    "--track",
});

/// Options ctest has and this command does not support yet.
constexpr std::array unsupported_options = std::to_array<std::string_view>({
    "-F",
    "-O",
    "--debug",
    "--interactive-debug-mode",
    "--list-presets",
    "--out-of-date",
    "--output-log",
    "--preset",
    "--presets-file",
    "--progress",
    "--repeat",
    "--repeat-until-fail",
    "--resource-spec-file",
    "--schedule-random",
    "--schedule-random-seed",
    "--stop-time",
    "--test-load",
    "--test-output-size-failed",
    "--test-output-size-passed",
    "--test-output-truncation",
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

std::span<const std::string_view> unsupported_ctest_options()
{
  return unsupported_options;
}

} // namespace winnow::client
