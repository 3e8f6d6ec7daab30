// Widths and forms as ctest 3.25 prints them, observed on projects with every kind of result.
#include "daemon/client/ctest_test_lines.hpp"

#include "daemon/client/ctest_program.hpp"
#include "daemon/client/ctest_wording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace winnow::client {

namespace {

std::size_t digits(std::uint32_t number)
{
  return fmt::formatted_size("{}", number);
}

std::int64_t now_us()
{
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

/// The command as -V shows it: its arguments quoted, itself not.
std::string command_text(const std::vector<std::string>& command)
{
  std::string text = command.empty() ? "" : command.front();
  for (std::size_t at = 1; at < command.size(); ++at) {
    text += fmt::format(" \"{}\"", command[at]);
  }
  return text;
}

} // namespace

std::string ctest_seconds(double seconds)
{
  return fmt::format("{:6.2f} sec", seconds);
}

CTestTestLines::CTestTestLines(CTestTree tree, std::span<const TestDescription> tests,
                               CTestSelection selection, const CTestOptions& options)
    : tree_(std::move(tree)),
      tests_(tests),
      selection_(std::move(selection)),
      options_(options),
      widest_name_(options.name_width)
{
  for (const auto* part : {&selection_.tests, &selection_.done}) {
    for (const NumberedTest& selected : *part) {
      widest_name_ = std::max(widest_name_, tests_[selected.test].key.name.size());
    }
  }
}

const TestDescription& CTestTestLines::test_at(std::uint32_t index) const
{
  return tests_[selection_.tests[index].test];
}

bool CTestTestLines::has_program(const TestDescription& test) const
{
  return test.command.empty() || !tree_.has_program || tree_.has_program(test);
}

bool CTestTestLines::has_directory(const TestDescription& test) const
{
  return !tree_.has_directory || tree_.has_directory(test);
}

std::uint32_t CTestTestLines::total() const
{
  return static_cast<std::uint32_t>(selection_.tests.size() + selection_.done.size());
}

std::uint32_t CTestTestLines::highest_number() const
{
  return selection_.tests.empty() ? 0 : selection_.tests.back().number;
}

std::string CTestTestLines::listed(std::uint32_t index) const
{
  const TestDescription& test = test_at(index);
  std::string text = places_searched(test);
  if (options_.verbosity == CTestVerbosity::verbose) {
    text += command(index);
    if (!test.properties->labels.empty()) {
      text += fmt::format("Labels: {}\n", fmt::join(test.properties->labels, " "));
    }
  }
  return text + fmt::format("  Test {:>{}}: {}{}\n", fmt::format("#{}", number_of(index)),
                            digits(highest_number()) + 1, test.key.name,
                            test.properties->disabled ? " (Disabled)" : "");
}

std::string CTestTestLines::started(std::uint32_t index, std::uint32_t attempt) const
{
  const std::uint32_t number = number_of(index);
  const bool announced = options_.verbosity == CTestVerbosity::verbose && attempt == 1;
  return (announced ? fmt::format("test {}\n", number) : "") +
         fmt::format("{:>{}}{:>{}}: {}\n", "Start ", 2 * digits(total()) + 8, number,
                     digits(highest_number()), test_at(index).key.name);
}

std::string CTestTestLines::places_searched(const TestDescription& test) const
{
  if (has_program(test)) {
    return {};
  }
  return fmt::format(
      "Could not find executable {}\nLooked in the following places:\n{}\n", test.command.front(),
      fmt::join(ctest_places_searched(test.command.front(), options_.configuration), "\n"));
}

std::string CTestTestLines::command(std::uint32_t index) const
{
  const TestDescription& test = test_at(index);
  const TestProperties& properties = test.properties;
  const std::uint32_t number = number_of(index);
  std::vector<std::string> command = test.command;
  if (!command.empty() && !has_program(test)) {
    command.front().clear();
  }
  std::string text = fmt::format("\n{0}: Test command: {1}\n{0}: Working Directory: {2}\n", number,
                                 command_text(command), properties.working_directory);
  const auto list = [&](std::string_view title, const std::vector<std::string>& lines) {
    if (!lines.empty()) {
      text += fmt::format("{}: {}: \n", number, title);
    }
    for (const std::string& line : lines) {
      text += fmt::format("{}:  {}\n", number, line);
    }
  };
  list("Environment variables", properties.environment);
  list("Environment variable modifications", properties.environment_modification);
  return text;
}

std::string CTestTestLines::details(std::uint32_t index) const
{
  const TestDescription& test = test_at(index);
  double timeout =
      test.properties->timeout_s.value_or(options_.timeout_s.value_or(tree_.default_timeout_s));
  if (options_.stop_at_us) {
    const double left = static_cast<double>(*options_.stop_at_us - now_us()) / 1e6;
    timeout = timeout > 0 ? std::min(timeout, left) : left;
  }
  std::string text = command(index);
  if (has_program(test) && !is_not_available(test) &&
      (!tree_.has_required_files || tree_.has_required_files(test))) {
    text += fmt::format("{}: Test timeout computed to be: {:.0f}\n", number_of(index),
                        std::floor(timeout));
  }
  return text;
}

/// When an attempt ends, ctest does not know yet whether it is the last: with --repeat it counts
/// where it can be sure, and leaves room elsewhere.
std::string CTestTestLines::counter(std::uint32_t attempt, std::size_t completed) const
{
  const std::size_t width = digits(total());
  const bool counts =
      !options_.repeat || options_.progress ||
      attempt == (options_.repeat->mode == RepeatMode::until_fail ? options_.repeat->attempts : 1);
  return counts ? fmt::format("{:>{}}/{:>{}} ", completed, width, total(), width)
                : std::string(2 * std::max<std::size_t>(width, 2), ' ');
}

std::string CTestTestLines::place(std::uint32_t index, std::size_t completed) const
{
  return fmt::format("{}Test {:>{}} {}", counter(1, completed),
                     fmt::format("#{}:", number_of(index)), digits(highest_number()) + 2,
                     test_at(index).key.name);
}

std::string CTestTestLines::ended(const TestResult& result, std::size_t completed,
                                  const std::string& reason) const
{
  return fmt::format("{}Test {:>{}} {}{}{}\n", counter(result.attempt, completed),
                     fmt::format("#{}:", number_of(result.index)), digits(highest_number()) + 2,
                     ctest_padded(test_at(result.index).key.name + ' ', widest_name_ + 4, '.'),
                     ctest_mark(result, test_at(result.index).properties, reason),
                     ctest_seconds(static_cast<double>(result.duration_us) / 1e6));
}

} // namespace winnow::client
