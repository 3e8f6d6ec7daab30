// Writes JUnit XML: one writer, whose dialects are rows of text.
#include "analyzer/report/run_junit.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <map>
#include <string_view>
#include <utility>

namespace winnow::report {
namespace {

/// What a dialect writes; names in braces are filled in.
struct Form {
  std::string_view document;
  std::string_view document_end;
  std::string_view suite;
  std::string_view begin; ///< between the suite's attributes and its first case
  std::string_view end;
  std::string_view no_cases; ///< instead of both
  std::string_view test;
  std::string_view failed; ///< one of these says why a case is no pass
  std::string_view not_run;
  std::string_view skipped;
  std::string_view disabled;
  std::string_view environment;   ///< of an attempt that was ended for want of memory
  std::string_view attempt;       ///< for each that failed before the last one; "" for none
  std::string_view bad_byte;      ///< for a byte that is not UTF-8
  std::string_view bad_character; ///< for one that XML cannot hold
  std::string_view carriage_return;
};

constexpr Form winnow_form()
{
  Form form;
  form.document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<!-- Written by winnow -->\n<testsuites>\n"; // junit_mark
  form.document_end = "</testsuites>\n";
  form.suite = "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" "
               "errors=\"{not_run}\" skipped=\"{skipped_or_disabled}\" time=\"{work_s:.3f}\" "
               "timestamp=\"{utc:%Y-%m-%dT%H:%M:%S}\">\n";
  form.end = "  </testsuite>\n";
  form.no_cases = form.end;
  form.test =
      "    <testcase name=\"{name}\" classname=\"{directory}\" time=\"{seconds:.3f}\">\n"
      "{environment}{why}{attempts}      <system-out>{output}</system-out>\n    </testcase>\n";
  form.environment = "      <properties>\n        <property name=\"environment\" "
                     "value=\"{message}\"/>\n      </properties>\n";
  form.attempt = "      <{element} message=\"{message}\" type=\"{type}\" time=\"{seconds:.3f}\">\n"
                 "        <system-out>{output}</system-out>\n      </{element}>\n";
  form.failed = "      <failure message=\"{message}\" type=\"{type}\"/>\n";
  form.not_run = "      <error message=\"{message}\" type=\"{type}\"/>\n";
  form.skipped = "      <skipped message=\"{message}\"/>\n";
  form.disabled = form.skipped;
  form.bad_byte = "\xef\xbf\xbd";
  form.bad_character = form.bad_byte;
  form.carriage_return = "&#13;";
  return form;
}

constexpr Form strict_ctest_form()
{
  Form form;
  form.document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  form.suite = "<testsuite name=\"{name}\"\n"
               "\ttests=\"{tests}\"\n\tfailures=\"{failures}\"\n\tdisabled=\"{disabled}\"\n"
               "\tskipped=\"{skipped_or_not_run}\"\n\thostname=\"{hostname}\"\n"
               "\ttime=\"{whole_s}\"\n\ttimestamp=\"{local:%Y-%m-%dT%H:%M:%S}\"";
  form.begin = "\n\t>\n";
  form.end = "</testsuite>\n";
  form.no_cases = "/>\n";
  form.test = "\t<testcase name=\"{name}\" classname=\"{name}\" time=\"{seconds:g}\" "
              "status=\"{status}\">\n{why}\t\t<system-out>{output}</system-out>\n\t</testcase>\n";
  form.failed = "\t\t<failure message=\"{message}\"/>\n";
  form.skipped = "\t\t<skipped message=\"{message}\"/>\n";
  form.not_run = form.skipped;
  form.bad_byte = "[NON-UTF-8-BYTE-0x{code:X}]";
  form.bad_character = "[NON-XML-CHAR-0x{code:X}]";
  return form;
}

constexpr Form ctest_form()
{
  Form form = strict_ctest_form();
  form.suite = "<testsuite name=\"{name}\"\n"
               "\ttests=\"{tests}\"\n\tfailures=\"{failures}\"\n\terrors=\"{not_run}\"\n"
               "\tdisabled=\"{disabled}\"\n\tskipped=\"{skipped}\"\n\thostname=\"{hostname}\"\n"
               "\ttime=\"{whole_s}\"\n\ttimestamp=\"{local:%Y-%m-%dT%H:%M:%S}\"";
  form.not_run = "\t\t<error message=\"{message}\"/>\n";
  return form;
}

constexpr Form forms[] = {winnow_form(), ctest_form(), strict_ctest_form()}; // as JunitDialect

struct Character {
  std::size_t length = 1;
  std::uint32_t code = 0;
  bool is_utf8 = false;
};

/// The character at the start of `text`, or its first byte where that begins none.
Character first_character(std::string_view text)
{
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) {
    return {1, first, true};
  }
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) {
    return {1, first, false};
  }
  std::uint32_t code = first & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) {
      return {1, first, false};
    }
    code = code << 6U | (byte(i) & 0x3fU);
  }
  const bool shortest = code >= (length == 4 ? 0x10000U : length == 3 ? 0x800U : 0x80U);
  const bool assigned = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return shortest && assigned ? Character{length, code, true} : Character{1, first, false};
}

bool is_legal(std::uint32_t code)
{
  return code >= 0x20 ? code != 0xfffe && code != 0xffff : code == '\t' || code == '\n';
}

std::string escaped(std::string_view text, const Form& form)
{
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_character(text);
    if (!character.is_utf8) {
      out += fmt::format(fmt::runtime(form.bad_byte), fmt::arg("code", character.code));
    } else if (character.code == '<') {
      out += "&lt;";
    } else if (character.code == '>') {
      out += "&gt;";
    } else if (character.code == '&') {
      out += "&amp;";
    } else if (character.code == '"') {
      out += "&quot;";
    } else if (character.code == '\r') {
      out += form.carriage_return;
    } else if (is_legal(character.code)) {
      out += text.substr(0, character.length);
    } else {
      out += fmt::format(fmt::runtime(form.bad_character), fmt::arg("code", character.code));
    }
    text.remove_prefix(character.length);
  }
  return out;
}

double seconds(std::int64_t microseconds)
{
  return static_cast<double>(microseconds) / 1e6;
}

/// What the forms tell apart.
enum class Kind { passed, failed, not_run, skipped, disabled };

Kind kind_of(Verdict verdict)
{
  switch (verdict) {
  case Verdict::passed:
  case Verdict::cached:
    return Kind::passed;
  case Verdict::skipped:
    return Kind::skipped;
  case Verdict::disabled:
    return Kind::disabled;
  case Verdict::not_run:
  case Verdict::cancelled:
    return Kind::not_run;
  default:
    return Kind::failed;
  }
}

/// What says why a case is no pass, and its ctest status.
struct Outcome {
  std::string_view element;
  std::string_view status;
};

Outcome outcome_of(Kind kind, const Form& form)
{
  switch (kind) {
  case Kind::failed:
    return {form.failed, "fail"};
  case Kind::not_run:
    return {form.not_run, "notrun"};
  case Kind::skipped:
    return {form.skipped, "notrun"};
  case Kind::disabled:
    return {form.disabled, "disabled"};
  case Kind::passed:
    break;
  }
  return {"", "run"};
}

std::string message_of(const JunitCase& test, const Form& form)
{
  const TestResult& result = test.result;
  const std::string reason =
      result.reason.empty() ? std::string(name_of(result.verdict)) : result.reason;
  return escaped(test.message.value_or(reason), form);
}

/// Of all attempts before the last together: a document is made piece by piece, a case at once.
constexpr std::size_t most_earlier_output = 1024 * 1024;

/// What says that the test failed before.
std::string attempt_elements(const JunitCase& test, const JunitPieces::OutputOf& output_of,
                             const Form& form)
{
  std::string xml;
  const bool passed = kind_of(test.result.verdict) == Kind::passed;
  std::size_t output_left = most_earlier_output;
  for (const JunitCase& attempt : test.earlier) {
    if (!form.attempt.empty() && kind_of(attempt.result.verdict) == Kind::failed) {
      const std::string output = output_left > 0 ? output_of(attempt) : "(left out)";
      output_left -= std::min(output_left, output.size());
      xml += fmt::format(fmt::runtime(form.attempt),
                         fmt::arg("element", passed ? "flakyFailure" : "rerunFailure"),
                         fmt::arg("message", message_of(attempt, form)),
                         fmt::arg("type", name_of(attempt.result.verdict)),
                         fmt::arg("seconds", seconds(attempt.result.duration_us)),
                         fmt::arg("output", escaped(output, form)));
    }
  }
  return xml;
}

std::string environment_element(const JunitCase& test, const Form& form)
{
  const auto ended = std::ranges::find_if(
      test.earlier, [](const JunitCase& attempt) { return is_environments(attempt.result); });
  return ended == test.earlier.end() ? std::string()
                                     : fmt::format(fmt::runtime(form.environment),
                                                   fmt::arg("message", message_of(*ended, form)));
}

std::string case_element(const JunitCase& test, const JunitPieces::OutputOf& output_of,
                         const Form& form)
{
  const TestResult& result = test.result;
  const Outcome outcome = outcome_of(kind_of(result.verdict), form);
  const std::string why =
      fmt::format(fmt::runtime(outcome.element), fmt::arg("message", message_of(test, form)),
                  fmt::arg("type", name_of(result.verdict)));
  return fmt::format(fmt::runtime(form.test), fmt::arg("name", escaped(result.key.name, form)),
                     fmt::arg("directory", escaped(result.key.directory, form)),
                     fmt::arg("seconds", seconds(result.duration_us)),
                     fmt::arg("status", outcome.status), fmt::arg("why", why),
                     fmt::arg("environment", environment_element(test, form)),
                     fmt::arg("attempts", attempt_elements(test, output_of, form)),
                     fmt::arg("output", escaped(output_of(test), form)));
}

/// The suite up to its first case; all of it, if it has none.
std::string suite_head(const JunitSuite& suite, const std::vector<const JunitCase*>& cases,
                       const Form& form)
{
  const auto count = [&](auto... kinds) {
    return std::count_if(cases.begin(), cases.end(), [&](const JunitCase* test) {
      return ((kind_of(test->result.verdict) == kinds) || ...);
    });
  };
  std::int64_t work_us = 0;
  for (const JunitCase* test : cases) {
    work_us += test->result.duration_us;
  }
  const auto started = static_cast<std::time_t>(suite.started_us / 1'000'000);
  std::string xml = fmt::format(
      fmt::runtime(form.suite), fmt::arg("name", escaped(suite.name, form)),
      fmt::arg("hostname", escaped(suite.hostname, form)), fmt::arg("tests", cases.size()),
      fmt::arg("failures", count(Kind::failed)), fmt::arg("not_run", count(Kind::not_run)),
      fmt::arg("skipped", count(Kind::skipped)), fmt::arg("disabled", count(Kind::disabled)),
      fmt::arg("skipped_or_disabled", count(Kind::skipped, Kind::disabled)),
      fmt::arg("skipped_or_not_run", count(Kind::skipped, Kind::not_run)),
      fmt::arg("work_s", seconds(work_us)), fmt::arg("whole_s", suite.duration_us / 1'000'000),
      fmt::arg("utc", fmt::gmtime(started)), fmt::arg("local", fmt::localtime(started)));
  return xml.append(cases.empty() ? form.no_cases : form.begin);
}

} // namespace

JunitPieces::JunitPieces(const JunitSuite& suite, std::span<const JunitCase> cases,
                         JunitDialect dialect, OutputOf output_of)
    : cases_(cases), dialect_(dialect), output_of_(std::move(output_of))
{
  std::map<std::uint32_t, std::vector<std::size_t>> chunks;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    chunks[cases[i].result.chunk].push_back(i);
  }
  if (chunks.empty() || (chunks.size() == 1 && chunks.contains(0))) {
    parts_.push_back({suite, std::move(chunks[0])});
    return;
  }
  for (auto& [chunk, members] : chunks) {
    parts_.push_back({suite, std::move(members)});
    parts_.back().suite.name += fmt::format(" chunk {}", chunk);
  }
}

std::string JunitPieces::next()
{
  const Form& form = forms[static_cast<std::size_t>(dialect_)];
  std::string xml(std::exchange(has_begun_, true) ? "" : form.document);
  if (part_ == parts_.size()) {
    return xml.append(std::exchange(has_ended_, true) ? "" : form.document_end);
  }
  const Part& part = parts_[part_];
  if (place_ == 0) {
    std::vector<const JunitCase*> members;
    for (const std::size_t member : part.cases) {
      members.push_back(&cases_[member]);
    }
    xml += suite_head(part.suite, members, form);
  }
  if (place_ < part.cases.size()) {
    const std::size_t member = part.cases[place_++];
    xml += case_element(cases_[member], output_of_, form);
  }
  if (place_ == part.cases.size()) {
    xml += part.cases.empty() ? "" : form.end;
    ++part_;
    place_ = 0;
  }
  return xml;
}

std::string run_to_junit(const JunitSuite& suite, const std::vector<JunitCase>& cases,
                         JunitDialect dialect)
{
  JunitPieces pieces(suite, cases, dialect, [](const JunitCase& test) { return test.output; });
  std::string xml;
  for (std::string piece = pieces.next(); !piece.empty(); piece = pieces.next()) {
    xml += piece;
  }
  return xml;
}

} // namespace winnow::report
