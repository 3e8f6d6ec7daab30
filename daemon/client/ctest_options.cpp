// A table of ctest's options and what each sets.
#include "daemon/client/ctest_options.hpp"

#include "analyzer/report/suggestion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::client {

namespace {

/// Why a value is refused, "" if it is not.
using Objection = std::string;

enum class Takes { nothing, value, value_after_equals, number_if_there };

struct Option {
  std::string_view short_name; ///< "" if it has none
  std::string_view long_name;  ///< "" if it has none
  Takes takes;
  Objection (*apply)(CTestOptions& options, std::string_view value);
  std::string_view meaning; ///< a line of the help
};

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

Objection set_jobs(CTestOptions& options, std::string_view value)
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

Objection set_timeout(CTestOptions& options, std::string_view value)
{
  const auto seconds = number<double>(value);
  if (!seconds || !std::isfinite(*seconds) || *seconds < 0) {
    return fmt::format("'{}' is no number of seconds", value);
  }
  options.timeout_s = seconds;
  return {};
}

Objection set_no_tests(CTestOptions& options, std::string_view value)
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

Objection set_show_only(CTestOptions& options, std::string_view value)
{
  if (!value.empty() && value != "human") {
    return fmt::format("the format '{}' is not supported yet; use ctest itself for it", value);
  }
  options.mode = CTestMode::list;
  return {};
}

using Expressions = std::vector<std::string>;

template <Expressions TestFilters::*member>
Objection add_filter(CTestOptions& options, std::string_view value)
{
  if (!value.empty()) {
    (options.filters.*member).emplace_back(value);
  }
  return {};
}

/// An expression of names; the last one given counts, as in ctest 3.25.
template <Expressions TestFilters::*member>
Objection set_filter(CTestOptions& options, std::string_view value)
{
  (options.filters.*member).clear();
  return add_filter<member>(options, value);
}

/// Sets a text option; the last one given counts.
template <std::string CTestOptions::*member>
Objection set_text(CTestOptions& options, std::string_view value)
{
  options.*member = value;
  return {};
}

template <auto member, auto setting>
Objection set_to(CTestOptions& options, std::string_view /*value*/)
{
  options.*member = setting;
  return {};
}

using enum Takes;

constexpr Option known_options[] = {
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
    {"-N", "", nothing, set_to<&CTestOptions::mode, CTestMode::list>, "List, and run nothing"},
    {"", "--show-only", value_after_equals, set_show_only, "The same; =human is the only format"},
    {"-j", "--parallel", number_if_there, set_jobs, "How many tests run at once"},
    {"", "--timeout", value, set_timeout, "Seconds, for tests that state none"},
    {"-V", "--verbose", nothing, set_to<&CTestOptions::verbosity, CTestVerbosity::verbose>,
     "Show the output of every test"},
    {"-VV", "--extra-verbose", nothing, set_to<&CTestOptions::verbosity, CTestVerbosity::verbose>,
     "The same"},
    {"-Q", "--quiet", nothing, set_to<&CTestOptions::verbosity, CTestVerbosity::quiet>,
     "Show nothing"},
    {"", "--output-on-failure", nothing, set_to<&CTestOptions::output_on_failure, true>,
     "Show the output of tests that fail"},
    {"", "--stop-on-failure", nothing, set_to<&CTestOptions::stop_on_failure, true>,
     "Start nothing more once a test has failed"},
    {"", "--no-label-summary", nothing, set_to<&CTestOptions::label_summary, false>,
     "No times of labels at the end"},
    {"", "--no-tests", value, set_no_tests, "Without a test to run: error or ignore"},
    {"", "--output-junit", value, set_text<&CTestOptions::junit_file>, "Write a JUnit document"},
    {"", "--strict-ctest", nothing, set_to<&CTestOptions::agreement, CTestAgreement::strict>,
     "Do as ctest does also where it misleads"},
    {"-h", "--help", nothing, set_to<&CTestOptions::mode, CTestMode::help>, "Print this"},
};

/// Options ctest has and this command does not support yet.
constexpr std::array unsupported_options = std::to_array<std::string_view>({
    "-A",
    "-D",
    "-F",
    "-FA",
    "-FC",
    "-FS",
    "-H",
    "-I",
    "-M",
    "-O",
    "-S",
    "-SP",
    "-SR",
    "-T",
    "-U",
    "--add-notes",
    "--build-and-test",
    "--collect-instrumentation",
    "--dashboard",
    "--debug",
    "--exclude-from-file",
    "--extra-submit",
    "--fixture-exclude-any",
    "--fixture-exclude-cleanup",
    "--fixture-exclude-setup",
    "--force-new-ctest-process",
    "--group",
    "--http-header",
    "--http1.0",
    "--interactive-debug-mode",
    "--list-presets",
    "--max-width",
    "--no-compress-output",
    "--no-subproject-summary",
    "--out-of-date",
    "--output-log",
    "--overwrite",
    "--preset",
    "--presets-file",
    "--print-labels",
    "--progress",
    "--repeat",
    "--repeat-until-fail",
    "--rerun-failed",
    "--resource-spec-file",
    "--schedule-random",
    "--schedule-random-seed",
    "--script",
    "--script-new-process",
    "--show-line-numbers",
    "--stop-time",
    "--submit-index",
    "--test-action",
    "--test-command",
    "--test-load",
    "--test-model",
    "--test-output-size-failed",
    "--test-output-size-passed",
    "--test-output-truncation",
    "--test-timeout",
    "--tests-from-file",
    "--tests-information",
    "--tomorrow-tag",
    "--track",
    "--union",
});

Error unknown(std::string_view name)
{
  if (std::ranges::find(unsupported_options, name) != unsupported_options.end()) {
    return user_error(fmt::format(
        "{} of ctest is not supported by `winnow ctest` yet; use ctest itself for it", name));
  }
  std::vector<std::string> words(unsupported_options.begin(), unsupported_options.end());
  for (const Option& option : known_options) {
    for (const std::string_view word : {option.short_name, option.long_name}) {
      if (!word.empty()) {
        words.emplace_back(word);
      }
    }
  }
  std::string message = fmt::format("{} is no option of ctest", name);
  if (const std::string meant = report::nearest(name, words); !meant.empty()) {
    message += fmt::format("; did you mean {}?", meant);
  }
  return user_error(std::move(message));
}

/// An argument taken apart: an option and the value that is written onto it.
struct Word {
  std::string_view name;
  std::optional<std::string_view> attached;
};

Word taken_apart(std::string_view argument)
{
  if (argument.starts_with("--")) {
    const std::size_t equals = argument.find('=');
    if (equals != std::string_view::npos) {
      return {argument.substr(0, equals), argument.substr(equals + 1)};
    }
  } else if (argument.starts_with("-j") && argument.size() > 2) {
    return {"-j", argument.substr(2)};
  }
  return {argument, std::nullopt};
}

bool is_number(std::string_view text)
{
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<std::string_view> variable(std::span<const std::string> environment,
                                         std::string_view name)
{
  for (const std::string& entry : environment) {
    const std::string_view view = entry;
    if (view.starts_with(name) && view.substr(name.size()).starts_with('=')) {
      return view.substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

/// CMake's false constants: what turns a variable off.
bool is_off(std::string_view text)
{
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
  constexpr std::string_view constants[] = {"",      "0", "OFF",    "NO",
                                            "FALSE", "N", "IGNORE", "NOTFOUND"};
  return std::ranges::find(constants, upper) != std::end(constants) || upper.ends_with("-NOTFOUND");
}

Result<CTestOptions> defaults_from(std::span<const std::string> environment)
{
  CTestOptions options;
  if (const auto level = variable(environment, "CTEST_PARALLEL_LEVEL"); level && !level->empty()) {
    if (const Objection objection = set_jobs(options, *level); !objection.empty()) {
      return user_error("CTEST_PARALLEL_LEVEL: " + objection);
    }
  }
  if (const auto output = variable(environment, "CTEST_OUTPUT_ON_FAILURE")) {
    options.output_on_failure = !is_off(*output);
  }
  if (const auto action = variable(environment, "CTEST_NO_TESTS_ACTION");
      action && !action->empty()) {
    if (const Objection objection = set_no_tests(options, *action); !objection.empty()) {
      return user_error("CTEST_NO_TESTS_ACTION: " + objection);
    }
  }
  return options;
}

} // namespace

Result<CTestOptions> parse_ctest_options(std::span<const std::string> arguments,
                                         std::span<const std::string> environment)
{
  Result<CTestOptions> options = defaults_from(environment);
  if (!options) {
    return options;
  }
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const auto [name, attached] = taken_apart(arguments[at]);
    const auto* option = std::ranges::find_if(known_options, [&](const Option& candidate) {
      return !name.empty() && (candidate.short_name == name || candidate.long_name == name);
    });
    if (option == std::end(known_options)) {
      return unknown(name);
    }
    std::string_view value = attached.value_or("");
    const bool more = at + 1 < arguments.size();
    if (option->takes == Takes::nothing && attached) {
      return user_error(fmt::format("{} takes no value", name));
    }
    if (option->takes == Takes::value && !attached) {
      if (!more) {
        return user_error(fmt::format("{} needs a value", name));
      }
      value = arguments[++at];
    } else if (option->takes == Takes::number_if_there && !attached && more &&
               is_number(arguments[at + 1])) {
      value = arguments[++at];
    }
    if (const Objection objection = option->apply(*options, value); !objection.empty()) {
      return user_error(fmt::format("{}: {}", name, objection));
    }
  }
  return options;
}

std::string ctest_help()
{
  constexpr std::string_view values[] = {"", " VALUE", "=VALUE", " [N]"};
  std::string text = "Runs the tests of a build tree, with ctest's arguments, lines and files\n"
                     "Usage: winnow ctest [OPTIONS]\n\nOptions:\n";
  for (const Option& option : known_options) {
    const bool both = !option.short_name.empty() && !option.long_name.empty();
    const std::string names =
        fmt::format("{}{}{}{}", option.short_name, both ? "," : "", option.long_name,
                    values[static_cast<std::size_t>(option.takes)]);
    fmt::format_to(std::back_inserter(text), "  {:<29} {}\n", names, option.meaning);
  }
  return text;
}

} // namespace winnow::client
