// The words of ctest 3.25, observed.
#include "daemon/client/ctest_wording.hpp"

#include "analyzer/model/cmake_regex.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

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
  if (const auto match = first_match(properties.skip_regular_expression, output)) {
    return fmt::format("Skip regular expression found in output. Regex=[{}]", *match);
  }
  if (const auto match = first_match(properties.fail_regular_expression, output)) {
    return fmt::format("Error regular expression found in output. Regex=[{}]", *match);
  }
  const std::vector<std::string>& required = properties.pass_regular_expression;
  if (required.empty()) {
    return {};
  }
  if (const auto match = first_match(required, output)) {
    return fmt::format("Required regular expression found. Regex=[{}]", *match);
  }
  return fmt::format("Required regular expression not found. Regex=[{}\n]",
                     fmt::join(required, "\n"));
}

std::string ctest_mark(const TestResult& result, const std::string& reason)
{
  switch (result.verdict) {
  case Verdict::passed:
  case Verdict::cached:
    return "   Passed  ";
  case Verdict::timed_out:
    return "***Timeout ";
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

std::string ctest_complaint(const TestDescription& test, const TestResult& result)
{
  if (test.command.empty() || test.command.front() == "NOT_AVAILABLE") {
    return "Test not available without configuration.  (Missing \"-C <config>\"?)";
  }
  if (enclosed(result.reason, "cannot find ", "")) {
    return "Unable to find executable: " + test.command.front();
  }
  if (const auto file = enclosed(result.reason, "required file ", " is missing")) {
    return fmt::format("Unable to find required file: {}", *file);
  }
  if (const auto directory = enclosed(result.reason, "its working directory ", " does not exist")) {
    return fmt::format("Failed to change working directory to {} : No such file or directory",
                       *directory);
  }
  return fmt::format("{}: {}", test.key.name, result.reason);
}

std::string ctest_lines(std::string_view output)
{
  std::string text;
  text.reserve(output.size() + 1);
  for (std::size_t at = 0; at < output.size(); ++at) {
    if (output[at] != '\r' || !output.substr(at + 1).starts_with('\n')) {
      text += output[at];
    }
  }
  if (!text.empty() && text.back() != '\n') {
    text += '\n';
  }
  return text;
}

std::vector<std::string> ctest_places_searched(std::string_view program,
                                               const std::string& configuration)
{
  std::vector<std::string> places;
  const auto add = [&](std::string place) { places.insert(places.end(), 2, std::move(place)); };
  const auto search = [&](std::string_view path) {
    const std::size_t name = path.rfind('/') + 1; // 0 when there is no slash
    const auto below = [&](std::string_view directory) {
      add(fmt::format("{}{}/{}", path.substr(0, name), directory, path.substr(name)));
    };
    add(std::string(path));
    if (configuration.empty()) {
      for (const std::string_view known :
           {"Release", "Debug", "MinSizeRel", "RelWithDebInfo", "Deployment", "Development"}) {
        below(known);
      }
    } else {
      below(configuration);
      add(fmt::format("{}/{}", configuration, path));
    }
  };
  search(program);
  if (program.starts_with('/')) {
    search(program.substr(1));
  }
  return places;
}

} // namespace winnow::client
