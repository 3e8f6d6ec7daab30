// The words of ctest 3.25, observed.
#include "daemon/client/ctest_wording.hpp"

#include "analyzer/model/cmake_regex.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <utility>

namespace winnow::client {

namespace {

/// Signals with words of their own; `mark` is set for those that come after the stars.
struct SignalWords {
  int signal;
  std::string_view status;
  std::string_view mark;
};

constexpr SignalWords signal_words[] = {
    {SIGSEGV, "SEGFAULT", "SegFault"},   {SIGILL, "ILLEGAL", "Illegal"},
    {SIGFPE, "NUMERICAL", "Numerical"},  {SIGINT, "INTERRUPT", "Interrupt"},
    {SIGABRT, "Subprocess aborted", ""}, {SIGBUS, "Bus error", ""},
    {SIGKILL, "Subprocess killed", ""},  {SIGTERM, "Subprocess terminated", ""},
};

struct Exception {
  std::string status;
  std::string mark; ///< "" when the status stands for it
};

Exception exception_of(int signal)
{
  for (const SignalWords& words : signal_words) {
    if (words.signal == signal) {
      return {std::string(words.status), std::string(words.mark)};
    }
  }
  const char* name = ::sigabbrev_np(signal);
  return {name ? fmt::format("SIG{}", name) : fmt::format("Signal {}", signal), ""};
}

/// The first of the patterns that matches. A pattern that is none matches nothing.
std::optional<std::string> first_match(const std::vector<std::string>& patterns,
                                       std::string_view output)
{
  for (const std::string& pattern : patterns) {
    const auto regex = CMakeRegex::compile(pattern);
    if (regex && regex->matches(output)) {
      return pattern;
    }
  }
  return std::nullopt;
}

/// How the daemon says it.
constexpr std::string_view lack_of_resources = "insufficient resources:";
constexpr std::string_view invalid_spec = "invalid resource spec file: ";

/// What follows `prefix` and precedes `suffix`; nothing when they do not enclose the text.
std::optional<std::string_view> enclosed(std::string_view text, std::string_view prefix,
                                         std::string_view suffix)
{
  if (!text.starts_with(prefix) || !text.ends_with(suffix) ||
      text.size() < prefix.size() + suffix.size()) {
    return std::nullopt;
  }
  text.remove_prefix(prefix.size());
  text.remove_suffix(suffix.size());
  return text;
}

} // namespace

std::string ctest_reason(const TestProperties& properties, std::string_view output)
{
  const std::string lines = ctest_lines(output); // which is what the verdict is about, too
  if (const auto match = first_match(properties.skip_regular_expression, lines)) {
    return fmt::format("Skip regular expression found in output. Regex=[{}]", *match);
  }
  if (const auto match = first_match(properties.fail_regular_expression, lines)) {
    return fmt::format("Error regular expression found in output. Regex=[{}]", *match);
  }
  const std::vector<std::string>& required = properties.pass_regular_expression;
  if (required.empty()) {
    return {};
  }
  if (const auto match = first_match(required, lines)) {
    return fmt::format("Required regular expression found. Regex=[{}]", *match);
  }
  return fmt::format("Required regular expression not found. Regex=[{}\n]",
                     fmt::join(required, "\n"));
}

std::string ctest_reason(const TestProperties& properties, const TestResult& result,
                         std::string_view output)
{
  return ctest_spec_fault(result).empty() ? ctest_reason(properties, output)
                                          : "Invalid resource spec file";
}

std::string ctest_spec_fault(const TestResult& result)
{
  const auto fault = enclosed(result.reason, invalid_spec, "");
  if (result.verdict != Verdict::failed || !fault) {
    return {};
  }
  return fmt::format("C{}\n", fault->substr(1)); // begins with "could"
}

bool lacks_resources(const TestResult& result)
{
  return result.verdict == Verdict::not_run && result.reason.starts_with(lack_of_resources);
}

std::string ctest_mark(const TestResult& result, const TestProperties& properties,
                       const std::string& reason)
{
  switch (result.verdict) {
  case Verdict::passed:
  case Verdict::cached:
    return "   Passed  ";
  case Verdict::timed_out:
    // As the words of the verdict have it; ctest from 3.27 on says so.
    return result.reason.ends_with("ended by its TIMEOUT_SIGNAL_NAME")
               ? fmt::format("***Timeout ({}) ", properties.timeout_signal_name)
               : "***Timeout ";
  case Verdict::skipped:
    return "***Skipped ";
  case Verdict::disabled:
    return "***Not Run (Disabled) ";
  case Verdict::not_run:
  case Verdict::cancelled:
    return "***Not Run ";
  case Verdict::crashed: {
    const Exception exception = exception_of(result.signal);
    return exception.mark.empty() ? exception.status + "***Exception: "
                                  : "***Exception: " + exception.mark;
  }
  case Verdict::over_memory:
    return "***Failed  " + result.reason;
  case Verdict::failed:
    break;
  }
  return "***Failed  " + reason;
}

std::string ctest_status(const TestResult& result)
{
  switch (result.verdict) {
  case Verdict::passed:
  case Verdict::cached:
    return "Completed";
  case Verdict::timed_out:
    return "Timeout";
  case Verdict::skipped:
    return "Skipped";
  case Verdict::disabled:
    return "Disabled";
  case Verdict::not_run:
  case Verdict::cancelled:
    return "Not Run";
  case Verdict::crashed:
    return exception_of(result.signal).status;
  case Verdict::over_memory:
  case Verdict::failed:
    break;
  }
  return "Failed";
}

bool is_not_available(const TestDescription& test)
{
  return test.command.empty() || test.command.front() == "NOT_AVAILABLE";
}

CTestRefusal ctest_refusal(const TestDescription& test, const TestResult& result, Program program,
                           const std::string& configuration)
{
  if (result.verdict != Verdict::not_run) {
    return {};
  }
  if (lacks_resources(result)) { // ctest looks for them first of all
    return {fmt::format("Insufficient resources for test {}:{}", test.key.name,
                        std::string_view(result.reason).substr(lack_of_resources.size())),
            "Insufficient resources"};
  }
  if (const auto setups = enclosed(result.reason, "failed test dependencies: ", "")) {
    return {fmt::format("Failed test dependencies: {}", *setups),
            "Fixture dependency failed",
            {},
            true};
  }
  if (const auto directory = enclosed(result.reason, "its working directory ", " does not exist")) {
    return {fmt::format("Failed to change working directory to {} : No such file or directory",
                        *directory),
            "Failed to change working directory"};
  }
  if (result.reason.starts_with("TIMEOUT_SIGNAL_")) {
    return {result.reason, "Invalid Test Properties", {}, false, true};
  }
  std::vector<std::string> command = test.command;
  if (is_not_available(test)) {
    return {configuration.empty()
                ? "Test not available without configuration.  (Missing \"-C <config>\"?)"
                : fmt::format("Test not available in configuration \"{}\".", configuration),
            "Missing Configuration", command};
  }
  if (program == Program::missing) {
    command.front().clear();
  }
  if (enclosed(result.reason, "cannot find ", "")) {
    command.front().clear();
    return {"Unable to find executable: " + test.command.front(), "Unable to find executable",
            command};
  }
  if (const auto file = enclosed(result.reason, "required file ", " is missing")) {
    return {fmt::format("Unable to find required file: {}", *file), "Required Files Missing",
            command};
  }
  return {fmt::format("{}: {}", test.key.name, result.reason), result.reason, command};
}

std::string ctest_padded(std::string text, std::size_t width, char filler)
{
  text.resize(std::max(text.size(), width), filler);
  return text;
}

std::string ctest_lines(std::string_view output)
{
  std::string text;
  text.reserve(output.size() + 1);
  for (const char byte : output) {
    if (byte == '\n' || byte == '\0') {
      text.resize(text.find_last_not_of('\r') + 1);
      text += '\n';
    } else {
      text += byte;
    }
  }
  if (!text.empty() && text.back() != '\n') {
    text += '\n';
  }
  return text;
}

} // namespace winnow::client
