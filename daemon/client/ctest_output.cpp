// Counts, sums and lists as ctest 3.25 prints them, observed.
#include "daemon/client/ctest_output.hpp"

#include "analyzer/model/cmake_regex.hpp"
#include "analyzer/model/ctest_tags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <utility>

namespace winnow::client {

namespace {

/// As ctest cuts an output.
constexpr std::string_view line_ends("\n\0", 2);

bool share_a_fixture(const std::vector<std::string>& some, const std::vector<std::string>& others)
{
  return std::ranges::any_of(some, [&](const std::string& fixture) {
    return std::ranges::find(others, fixture) != others.end();
  });
}

} // namespace

CTestOutput::CTestOutput(CTestTree tree, std::span<const TestDescription> tests,
                         CTestSelection selection, const CTestOptions& options)
    : lines_(std::move(tree), tests, std::move(selection), options),
      options_(options),
      was_started_(lines_.selection().tests.size()),
      open_lines_(lines_.selection().tests.size())
{}

Printed CTestOutput::head() const
{
  if (options_.verbosity != CTestVerbosity::verbose) {
    return {};
  }
  std::string text;
  for (const std::string& name : lines_.tree().ignored) {
    text += fmt::format("Ignore test: {}\n", name);
  }
  text += "Done constructing a list of tests\nUpdating test list for fixtures\n";
  for (const AddedCompanion& added : lines_.selection().added) {
    text += fmt::format("Added {} test {} required by fixture {}\n",
                        added.companion == Companion::setup ? "setup" : "cleanup",
                        lines_.tests()[added.test].key.name, added.fixture);
  }
  text +=
      fmt::format("Added {} tests to meet fixture requirements\n", lines_.selection().added.size());
  if (options_.mode != CTestMode::list) {
    text += "Checking test dependency graph...\nChecking test dependency graph end\n";
  }
  return for_output(std::move(text));
}

Printed CTestOutput::listing() const
{
  std::string text;
  const std::size_t count = lines_.selection().tests.size();
  for (std::uint32_t index = 0; index < count; ++index) {
    text += lines_.listed(index);
  }
  return for_output(text + fmt::format("\nTotal Tests: {}\n", count));
}

Printed CTestOutput::missing_programs() const
{
  std::string text;
  for (std::uint32_t index = 0; index < lines_.selection().tests.size(); ++index) {
    text += lines_.places_searched(test_at(index));
  }
  return for_output(std::move(text));
}

Printed CTestOutput::labels() const
{
  std::set<std::string> labels;
  for (std::uint32_t index = 0; index < lines_.selection().tests.size(); ++index) {
    const std::vector<std::string>& own = test_at(index).properties->labels;
    labels.insert(own.begin(), own.end());
  }
  std::string text = labels.empty() ? "No Labels Exist\n" : "All Labels:\n";
  for (const std::string& label : labels) {
    text += fmt::format("  {}\n", label);
  }
  return for_output(std::move(text));
}

Printed CTestOutput::started(const TestStarted& event)
{
  was_started_[event.test] = true;
  if (options_.progress) {
    Printed printed = for_output(lines_.places_searched(test_at(event.test)));
    printed.status = lines_.place(event.test, completed());
    return printed;
  }
  const TestDescription& test = test_at(event.test);
  std::string text = lines_.started(event.test, event.attempt) + lines_.places_searched(test);
  if (options_.verbosity == CTestVerbosity::verbose && lines_.has_directory(test)) {
    text += lines_.details(event.test);
  }
  return for_output(std::move(text));
}

Printed CTestOutput::piece(std::uint32_t test, std::string_view text)
{
  return options_.verbosity == CTestVerbosity::verbose ? for_output(lines_of(test, text))
                                                       : Printed();
}

/// The lines that end in `text`, each behind the number of its test.
std::string CTestOutput::lines_of(std::uint32_t test, std::string_view text)
{
  std::string lines;
  std::string& open = open_lines_[test];
  const std::optional<std::size_t> match = line_of_match(test, text);
  std::size_t line = 0;
  for (std::size_t end = text.find_first_of(line_ends); end != std::string_view::npos;
       end = text.find_first_of(line_ends)) {
    open += text.substr(0, end);
    open.resize(open.find_last_not_of('\r') + 1);
    lines += fmt::format("{}: {}\n", lines_.number_of(test), open) + tag_told(test, open);
    if (match == line++) {
      lines += fmt::format("{}: Test timeout changed to {:.0f}\n", lines_.number_of(test),
                           std::floor(test_at(test).properties->timeout_after_match->timeout_s));
    }
    open.clear();
    text.remove_prefix(end + 1);
  }
  open += text;
  return lines;
}

void CTestOutput::add_labels(std::uint32_t test, const std::vector<std::string>& labels)
{
  if (!labels.empty()) {
    told_labels_[test].insert(labels.begin(), labels.end());
  }
}

/// What ctest says to a tag in a line; "" without one.
std::string CTestOutput::tag_told(std::uint32_t test, std::string_view line)
{
  const CTestTag tag = ctest_tag_in(line);
  switch (tag.kind) {
  case CTestTag::Kind::details:
    return fmt::format("{}: Test Details changed to '{}'\n", lines_.number_of(test), tag.value);
  case CTestTag::Kind::label: {
    const std::vector<std::string>& own = test_at(test).properties->labels;
    const bool known = std::ranges::find(own, tag.value) != own.end() ||
                       !shown_labels_[test].emplace(tag.value).second;
    return known ? ""
                 : fmt::format("{}: Test Label added: '{}'\n", lines_.number_of(test), tag.value);
  }
  case CTestTag::Kind::none:
    break;
  }
  return {};
}

/// The line of `text`, from 0, with which the output so far first matches. Asked for with all there
/// is, it is found by halving: to ask for every line would take the square of the time.
std::optional<std::size_t> CTestOutput::line_of_match(std::uint32_t test, std::string_view text)
{
  const auto& after = test_at(test).properties->timeout_after_match;
  if (!after || changed_timeout_.contains(test)) {
    return std::nullopt;
  }
  std::vector<CMakeRegex> regexes;
  for (const std::string& pattern : after->regular_expressions) {
    if (auto regex = CMakeRegex::compile(pattern)) {
      regexes.push_back(std::move(*regex));
    }
  }
  std::string& all = before_match_[test];
  std::vector<std::size_t> ends; // of lines, in `all`
  for (std::size_t at = text.find_first_of(line_ends); at != std::string_view::npos;
       at = text.find_first_of(line_ends, at + 1)) {
    ends.push_back(all.size() + at + 1);
  }
  all += text;
  const auto matches = [&](std::size_t end) {
    return std::ranges::any_of(regexes, [&](const CMakeRegex& regex) {
      return regex.matches(std::string_view(all).substr(0, end));
    });
  };
  if (ends.empty() || !matches(ends.back())) {
    return std::nullopt;
  }
  const auto first = std::ranges::partition_point(ends, std::not_fn(matches));
  changed_timeout_.insert(test);
  const auto line = static_cast<std::size_t>(first - ends.begin());
  before_match_.erase(test);
  return line;
}

TestResult CTestOutput::as_ctest_has_it(const TestResult& result) const
{
  TestResult told = result;
  if (result.verdict == Verdict::disabled && !lines_.has_directory(test_at(result.index))) {
    told.verdict = Verdict::not_run;
  }
  return told;
}

/// Each with a blank before it; the result itself names one of them.
std::string CTestOutput::failed_setups_of(const TestDescription& test) const
{
  std::string names;
  for (const TestResult& other : ended_) {
    const TestProperties& setup = test_at(other.index).properties;
    if (is_failure(other.verdict) &&
        share_a_fixture(setup.fixtures_setup, test.properties->fixtures_required)) {
      names += ' ' + other.key.name;
    }
  }
  return names;
}

CTestRefusal CTestOutput::refusal(const TestResult& result) const
{
  if (result.verdict != Verdict::not_run) {
    return {};
  }
  const TestDescription& test = test_at(result.index);
  const std::string failed_setups = failed_setups_of(test);
  const Program program = lines_.has_program(test) ? Program::found : Program::missing;
  TestResult told = result;
  if (lacks_resources(result)) {
    // ctest looks for them first of all
  } else if (!lines_.has_directory(test)) { // then for it
    told.reason =
        fmt::format("its working directory {} does not exist", test.properties->working_directory);
  } else if (!failed_setups.empty()) {
    told.reason = "failed test dependencies:" + failed_setups;
  }
  CTestRefusal refusal = ctest_refusal(test, told, program, options_.configuration);
  refusal.setup_failed = refusal.by_fixture || !failed_setups.empty();
  return refusal;
}

Printed CTestOutput::finished(const TestFinished& event, std::string_view output)
{
  const TestResult& result = event.result;
  if (result.verdict == Verdict::cancelled) {
    return {};
  }
  Printed printed;
  if (!was_started_[result.index] && !options_.progress) {
    printed.out(lines_.started(result.index));
  }
  was_started_[result.index] = true;
  if (!open_lines_[result.index].empty()) {
    printed.out(lines_of(result.index, "\n"));
  }
  before_match_.erase(result.index); // a further attempt begins with nothing
  if (const CTestRefusal why = refusal(result); !why.complaint.empty()) {
    printed.add(why.by_fixture || why.by_properties ? StandardStream::output
                                                    : StandardStream::error,
                why.complaint + '\n');
  }
  const std::size_t place = completed() + 1;
  if (!result.again) {
    count(result);
  }
  const bool failed = result.verdict == Verdict::failed;
  const bool fine = result.verdict == Verdict::passed || result.verdict == Verdict::skipped;
  if (options_.progress) {
    printed.status = lines_.place(result.index, place);
  }
  if (!options_.progress || !fine) {
    printed.out(lines_.ended(result, place,
                             failed ? ctest_reason(test_at(result.index).properties, result, output)
                                    : std::string()));
  }
  if (options_.output_on_failure && is_failure(result.verdict) &&
      result.verdict != Verdict::not_run) {
    printed.out(ctest_lines(output) + '\n');
  }
  printed.err(ctest_spec_fault(result));
  return printed;
}

void CTestOutput::count(const TestResult& result)
{
  ended_.push_back(result);
  failed_ += is_failure(result.verdict) && !test_at(result.index).properties->disabled ? 1 : 0;
  passed_ += !is_failure(result.verdict) && result.verdict != Verdict::disabled ? 1 : 0;
}

std::string CTestOutput::time_summaries() const
{
  std::string text;
  for (const CTestTimeSummary& summary : ctest_time_summaries(
           ctest_label_times(lines_.tests(), lines_.selection(), ended_, told_labels_),
           lines_.tree().subprojects, options_)) {
    std::size_t widest = 0;
    for (const auto& [label, time] : summary.times) {
      widest = std::max(widest, label.size());
    }
    text += fmt::format("\n{}\n", summary.title);
    for (const auto& [label, time] : summary.times) {
      text += fmt::format("{} = {}*proc ({} test{})\n", ctest_padded(label, widest + 3, ' '),
                          ctest_seconds(time.seconds), time.tests, time.tests > 1 ? "s" : "");
    }
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
    const std::string color_of_test =
        !failures
            ? ""
            : color(ended->verdict == Verdict::not_run ? CTestColor::yellow : CTestColor::red);
    text += fmt::format("\t{}{:>3} - {} ({}){}\n", color_of_test, lines_.number_of(ended->index),
                        ended->key.name, ctest_status(*ended),
                        failures ? color(CTestColor::clear) : "");
  }
  return text;
}

Printed CTestOutput::ended(const RunFinished& event) const
{
  if (passed_ + failed_ > 0) {
    return for_output(summary(event));
  }
  const bool lost = event.end == RunEnd::incomplete; // then there were tests
  return for_error(lost || options_.no_tests == NoTests::ignore ? "" : "No tests were found!!!\n");
}

std::string CTestOutput::summary(const RunFinished& event) const
{
  std::string text;
  const TestFilters& patterns = options_.filters.patterns;
  if (options_.verbosity == CTestVerbosity::verbose && passed_ > 0 &&
      !(patterns.include.empty() && patterns.exclude.empty())) {
    text += "\nThe following tests passed:\n";
    for (const TestResult& test : ended_) {
      if (!is_failure(test.verdict) && test.verdict != Verdict::disabled) {
        text += fmt::format("\t{}\n", test.key.name);
      }
    }
  }
  const std::uint32_t total = passed_ + failed_;
  const double percent = 100.0 * passed_ / total;
  const int shown = static_cast<int>((failed_ > 0 ? std::min(percent, 99.0) : percent) + 0.5);
  const std::string clear = color(CTestColor::clear);
  text += fmt::format("\n{}{}% tests passed{}, {}{} tests failed{} out of {}\n",
                      failed_ == 0 ? color(CTestColor::green) : "", shown, clear,
                      failed_ > 0 ? color(CTestColor::red) : "", failed_, clear, total);
  text += time_summaries();
  text += fmt::format("\nTotal Test time (real) = {}\n",
                      ctest_seconds(static_cast<double>(event.duration_us) / 1e6));
  if (const std::string not_run = listed(false); !not_run.empty()) {
    text += "\nThe following tests did not run:\n" + color(CTestColor::blue) + not_run +
            color(CTestColor::clear);
  }
  if (failed_ > 0) {
    text += "\nThe following tests FAILED:\n" + listed(true);
  }
  return text;
}

std::string CTestOutput::color(CTestColor color) const
{
  return options_.colored ? fmt::format("\x1b[0;{}m", static_cast<int>(color)) : "";
}

int CTestOutput::exit_code() const
{
  const bool none = passed_ + failed_ == 0;
  return failed_ > 0 || (none && options_.no_tests == NoTests::fail) ? 8 : 0;
}

} // namespace winnow::client
