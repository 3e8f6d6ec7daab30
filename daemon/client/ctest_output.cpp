// Widths and forms as ctest 3.25 prints them, observed on projects with every kind of result.
#include "daemon/client/ctest_output.hpp"

#include "daemon/client/ctest_label_times.hpp"
#include "daemon/client/ctest_program.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace winnow::client {

namespace {

std::size_t digits(std::uint32_t number)
{
  return fmt::formatted_size("{}", number);
}

std::string seconds(double value)
{
  return fmt::format("{:6.2f} sec", value);
}

double seconds_of(std::int64_t duration_us)
{
  return static_cast<double>(duration_us) / 1e6;
}

bool share_a_fixture(const std::vector<std::string>& some, const std::vector<std::string>& others)
{
  return std::ranges::any_of(some, [&](const std::string& fixture) {
    return std::ranges::find(others, fixture) != others.end();
  });
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

CTestOutput::CTestOutput(CTestTree tree, std::span<const TestDescription> tests,
                         CTestSelection selection, const CTestOptions& options)
    : tree_(std::move(tree)),
      tests_(tests),
      selection_(std::move(selection)),
      options_(options),
      widest_name_(options.name_width),
      was_started_(selection_.tests.size()),
      open_lines_(selection_.tests.size())
{
  for (const NumberedTest& selected : selection_.tests) {
    widest_name_ = std::max(widest_name_, tests_[selected.test].key.name.size());
  }
}

const TestDescription& CTestOutput::test_at(std::uint32_t index) const
{
  return tests_[selection_.tests[index].test];
}

/// As far as that is known, also of a test without a command.
bool CTestOutput::has_program(const TestDescription& test) const
{
  return test.command.empty() || !tree_.has_program || tree_.has_program(test);
}

Printed CTestOutput::silent_if_quiet(Printed printed) const
{
  return options_.verbosity == CTestVerbosity::quiet ? Printed{} : std::move(printed);
}

Printed CTestOutput::head() const
{
  const bool verbose = options_.verbosity == CTestVerbosity::verbose;
  std::string text;
  if (tree_.entered) {
    text += fmt::format("Internal ctest changing into directory: {}\n", tree_.build_dir);
  }
  if (verbose) { // ctest reads it twice, whether or not there is one
    const std::string line =
        fmt::format("UpdateCTestConfiguration  from :{}/DartConfiguration.tcl\n", tree_.build_dir);
    text += line + line;
  }
  text += fmt::format("Test project {}\n", tree_.build_dir);
  return silent_if_quiet({verbose ? text + progress_lines() : text, ""});
}

/// What ctest says while it makes its list of tests.
std::string CTestOutput::progress_lines() const
{
  std::string text = "Constructing a list of tests\nDone constructing a list of tests\n"
                     "Updating test list for fixtures\n";
  for (const AddedCompanion& added : selection_.added) {
    text += fmt::format("Added {} test {} required by fixture {}\n",
                        added.companion == Companion::setup ? "setup" : "cleanup",
                        tests_[added.test].key.name, added.fixture);
  }
  text += fmt::format("Added {} tests to meet fixture requirements\n", selection_.added.size());
  if (options_.mode != CTestMode::list) {
    text += "Checking test dependency graph...\nChecking test dependency graph end\n";
  }
  return text;
}

Printed CTestOutput::listing() const
{
  const std::uint32_t highest = selection_.tests.empty() ? 0 : selection_.tests.back().number;
  std::string text;
  for (std::uint32_t index = 0; index < selection_.tests.size(); ++index) {
    const TestDescription& test = test_at(index);
    text += places_searched(test);
    if (options_.verbosity == CTestVerbosity::verbose) {
      text += command_lines(index);
      if (!test.properties.labels.empty()) {
        text += fmt::format("Labels: {}\n", fmt::join(test.properties.labels, " "));
      }
    }
    text += fmt::format("  Test {:>{}}: {}{}\n", fmt::format("#{}", selection_.tests[index].number),
                        digits(highest) + 1, test.key.name,
                        test.properties.disabled ? " (Disabled)" : "");
  }
  return silent_if_quiet({text + fmt::format("\nTotal Tests: {}\n", selection_.tests.size()), ""});
}

Printed CTestOutput::labels() const
{
  std::set<std::string> labels;
  for (std::uint32_t index = 0; index < selection_.tests.size(); ++index) {
    const std::vector<std::string>& own = test_at(index).properties.labels;
    labels.insert(own.begin(), own.end());
  }
  std::string text = labels.empty() ? "No Labels Exist\n" : "All Labels:\n";
  for (const std::string& label : labels) {
    text += fmt::format("  {}\n", label);
  }
  return silent_if_quiet({std::move(text), ""});
}

std::string CTestOutput::start_lines(std::uint32_t index) const
{
  const std::uint32_t number = selection_.tests[index].number;
  const std::string verbose =
      options_.verbosity == CTestVerbosity::verbose ? fmt::format("test {}\n", number) : "";
  return verbose + fmt::format("{:>{}}{:>{}}: {}\n", "Start ",
                               2 * digits(static_cast<std::uint32_t>(selection_.tests.size())) + 8,
                               number, digits(selection_.tests.back().number),
                               test_at(index).key.name);
}

std::string CTestOutput::command_lines(std::uint32_t index) const
{
  const TestDescription& test = test_at(index);
  const TestProperties& properties = test.properties;
  const std::uint32_t number = selection_.tests[index].number;
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

Printed CTestOutput::started(const TestStarted& event)
{
  was_started_[event.test] = true;
  const TestDescription& test = test_at(event.test);
  std::string text = start_lines(event.test) + places_searched(test);
  const bool enters = !tree_.has_directory || tree_.has_directory(test);
  if (options_.verbosity == CTestVerbosity::verbose && enters) {
    const double timeout =
        test.properties.timeout_s.value_or(options_.timeout_s.value_or(tree_.default_timeout_s));
    text += command_lines(event.test);
    if (has_program(test) && (!tree_.has_required_files || tree_.has_required_files(test))) {
      text += fmt::format("{}: Test timeout computed to be: {:.0f}\n",
                          selection_.tests[event.test].number, std::floor(timeout));
    }
  }
  return silent_if_quiet({std::move(text), ""});
}

Printed CTestOutput::piece(std::uint32_t test, std::string_view text)
{
  if (options_.verbosity != CTestVerbosity::verbose) {
    return {};
  }
  Printed printed;
  std::string& open = open_lines_[test];
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    open += text.substr(0, end);
    if (open.ends_with('\r')) {
      open.pop_back();
    }
    printed.out += fmt::format("{}: {}\n", selection_.tests[test].number, open);
    open.clear();
    text.remove_prefix(end + 1);
  }
  open += text;
  return printed;
}

TestResult CTestOutput::as_ctest_has_it(const TestResult& result) const
{
  TestResult told = result;
  if (result.verdict == Verdict::disabled && tree_.has_directory &&
      !tree_.has_directory(test_at(result.index))) {
    told.verdict = Verdict::not_run;
  }
  return told;
}

CTestRefusal CTestOutput::refusal(const TestResult& result) const
{
  if (result.verdict != Verdict::not_run) {
    return {};
  }
  const TestDescription& test = test_at(result.index);
  const Program program = has_program(test) ? Program::found : Program::missing;
  TestResult told = result;
  if (tree_.has_directory && !tree_.has_directory(test)) { // ctest looks for it first of all
    told.reason =
        fmt::format("its working directory {} does not exist", test.properties.working_directory);
    return ctest_refusal(test, told, program);
  }
  std::string failed_setups;
  for (const TestResult& other : ended_) {
    const TestProperties& setup = test_at(other.index).properties;
    if (is_failure(other.verdict) &&
        share_a_fixture(setup.fixtures_setup, test.properties.fixtures_required)) {
      failed_setups += ' ' + other.key.name;
    }
  }
  if (!failed_setups.empty()) { // the result itself names one of them
    told.reason = "failed test dependencies:" + failed_setups;
  }
  return ctest_refusal(test, told, program);
}

std::string CTestOutput::places_searched(const TestDescription& test) const
{
  if (has_program(test)) {
    return {};
  }
  return fmt::format(
      "Could not find executable {}\nLooked in the following places:\n{}\n", test.command.front(),
      fmt::join(ctest_places_searched(test.command.front(), options_.configuration), "\n"));
}

std::string CTestOutput::result_line(const TestResult& result, const std::string& reason) const
{
  const auto total = static_cast<std::uint32_t>(selection_.tests.size());
  return fmt::format("{:>{}}/{} Test {:>{}} {:.<{}}{}{}\n", ended_.size(), digits(total), total,
                     fmt::format("#{}:", selection_.tests[result.index].number),
                     digits(selection_.tests.back().number) + 2,
                     test_at(result.index).key.name + ' ', widest_name_ + 4,
                     ctest_mark(result, reason), seconds(seconds_of(result.duration_us)));
}

Printed CTestOutput::finished(const TestFinished& event, std::string_view output)
{
  const TestResult& result = event.result;
  if (result.verdict == Verdict::cancelled) {
    return {};
  }
  Printed printed;
  if (!was_started_[result.index]) {
    was_started_[result.index] = true;
    printed.out = start_lines(result.index);
  }
  if (!open_lines_[result.index].empty()) {
    printed.out += piece(result.index, "\n").out;
  }
  if (const CTestRefusal why = refusal(result); !why.complaint.empty()) {
    (why.by_fixture ? printed.out : printed.err) += why.complaint + '\n';
  }
  ended_.push_back(result);
  failed_ += is_failure(result.verdict) && !test_at(result.index).properties.disabled ? 1 : 0;
  passed_ += !is_failure(result.verdict) && result.verdict != Verdict::disabled ? 1 : 0;
  const bool failed = result.verdict == Verdict::failed;
  printed.out += result_line(result, failed ? ctest_reason(test_at(result.index).properties, output)
                                            : std::string());
  if (options_.output_on_failure && is_failure(result.verdict) &&
      result.verdict != Verdict::not_run) {
    printed.out += ctest_lines(output) + '\n';
  }
  return silent_if_quiet(std::move(printed));
}

std::string CTestOutput::label_summary() const
{
  const auto times = ctest_label_times(tests_, selection_, ended_);
  if (times.empty() || !options_.label_summary) {
    return {};
  }
  std::size_t widest = 0;
  for (const auto& [label, time] : times) {
    widest = std::max(widest, label.size());
  }
  std::string text = "\nLabel Time Summary:\n";
  for (const auto& [label, time] : times) {
    text += fmt::format("{:<{}} = {}*proc ({} test{})\n", label, widest + 3, seconds(time.seconds),
                        time.tests, time.tests > 1 ? "s" : "");
  }
  return text;
}

std::string CTestOutput::listed(bool failures) const
{
  std::vector<const TestResult*> found;
  for (const TestResult& ended : ended_) {
    const bool did_not_run =
        ended.verdict == Verdict::disabled || ended.verdict == Verdict::skipped;
    if (failures ? is_failure(ended.verdict) : did_not_run) {
      found.push_back(&ended);
    }
  }
  std::ranges::sort(found, {}, [](const TestResult* ended) { return ended->index; });
  std::string text;
  for (const TestResult* ended : found) {
    text += fmt::format("\t{:>3} - {} ({})\n", selection_.tests[ended->index].number,
                        ended->key.name, ctest_status(*ended));
  }
  return text;
}

Printed CTestOutput::ended(const RunFinished& event) const
{
  Printed printed;
  const std::uint32_t total = passed_ + failed_;
  if (total == 0) {
    const bool lost = event.end == RunEnd::incomplete; // then there were tests
    printed.err = lost || options_.no_tests == NoTests::ignore ? "" : "No tests were found!!!\n";
  } else {
    const TestFilters& patterns = options_.filters.patterns;
    if (options_.verbosity == CTestVerbosity::verbose && passed_ > 0 &&
        !(patterns.include.empty() && patterns.exclude.empty())) {
      printed.out += "\nThe following tests passed:\n";
      for (const TestResult& test : ended_) {
        if (!is_failure(test.verdict) && test.verdict != Verdict::disabled) {
          printed.out += fmt::format("\t{}\n", test.key.name);
        }
      }
    }
    const double percent = 100.0 * passed_ / total;
    const int shown = static_cast<int>((failed_ > 0 ? std::min(percent, 99.0) : percent) + 0.5);
    printed.out +=
        fmt::format("\n{}% tests passed, {} tests failed out of {}\n", shown, failed_, total);
    printed.out += label_summary();
    printed.out +=
        fmt::format("\nTotal Test time (real) = {}\n", seconds(seconds_of(event.duration_us)));
    if (const std::string not_run = listed(false); !not_run.empty()) {
      printed.out += "\nThe following tests did not run:\n" + not_run;
    }
    if (failed_ > 0) {
      printed.out += "\nThe following tests FAILED:\n" + listed(true);
    }
  }
  if (exit_code() != 0) {
    printed.err += "Errors while running CTest\n";
    if (!options_.output_on_failure) {
      printed.err += fmt::format(
          "Output from these tests are in: {}/Testing/Temporary/LastTest.log\n"
          "Use \"--rerun-failed --output-on-failure\" to re-run the failed cases verbosely.\n",
          tree_.build_dir);
    }
  }
  return silent_if_quiet(std::move(printed));
}

int CTestOutput::exit_code() const
{
  const bool none = passed_ + failed_ == 0;
  return failed_ > 0 || (none && options_.no_tests == NoTests::fail) ? 8 : 0;
}

} // namespace winnow::client
