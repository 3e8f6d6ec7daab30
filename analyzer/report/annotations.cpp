// Chooses a place for each failure, and writes each system's form.
#include "analyzer/report/annotations.hpp"

#include "analyzer/model/text_hash.hpp"
#include "analyzer/report/ci_variable.hpp"
#include "analyzer/report/failure_place.hpp"
#include "analyzer/report/html_text.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace winnow::report {
namespace {

namespace json = boost::json;

constexpr std::size_t most_lines = 12; ///< of an output
constexpr std::size_t most_bytes = 2000;
constexpr std::size_t most_shown_by_github = 10;
constexpr std::size_t most_bytes_of_buildkite = 1'000'000; ///< it refuses more than 1 MiB

/// Without control sequences: ESC [, parameters, and a letter or the like that ends it (ECMA-48).
std::string without_colors(std::string_view text)
{
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\033' && at + 1 < text.size() && text[at + 1] == '[') {
      for (at += 2; at < text.size() && text[at] >= ' ' && text[at] <= '?';) {
        ++at;
      }
    } else {
      plain += text[at];
    }
  }
  return plain;
}

std::string first_lines(std::string_view text)
{
  text = text.substr(0, most_bytes);
  std::size_t end = 0;
  for (std::size_t line = 0; line < most_lines && end < text.size(); ++line) {
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  }
  text = text.substr(0, end);
  while (!text.empty() && text.back() == '\n') {
    text.remove_suffix(1);
  }
  return utf8_or_replaced(text);
}

std::string why_failed(const TestResult& result)
{
  return result.reason.empty() ? std::string(name_of(result.verdict)) : result.reason;
}

Annotation annotation_of(const KeptAttempt& attempt, const FindFile& find_file)
{
  Annotation annotation{"", 0, name_text(attempt.result.key.display()),
                        utf8_or_replaced(why_failed(attempt.result))};
  const std::string output = without_colors(attempt.output);
  for (const FailurePlace& place : failure_places(output)) {
    if (const auto file = find_file(place.path)) {
      annotation.file = *file;
      annotation.line = place.line;
      annotation.message += '\n' + first_lines(place.text);
      return annotation;
    }
  }
  const std::string text = first_lines(output);
  annotation.message += text.empty() ? "" : '\n' + text;
  return annotation;
}

/// Escapes of workflow commands; a property's value ends at some characters more.
std::string github_text(std::string_view text, bool in_property)
{
  std::string escaped;
  for (const char c : text) {
    const bool is_special =
        c == '%' || c == '\r' || c == '\n' || (in_property && (c == ':' || c == ','));
    escaped +=
        is_special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return escaped;
}

std::string azure_property(std::string_view text)
{
  std::string escaped;
  for (const char c : azure_text(text)) {
    escaped += c == ';' ? "%3B" : c == ']' ? "%5D" : std::string(1, c);
  }
  return escaped;
}

/// A fence that the text does not end.
std::string fence_around(std::string_view text)
{
  std::string fence = "```";
  while (text.find(fence) != std::string_view::npos) {
    fence += '`';
  }
  return fence;
}

std::string buildkite_section(const Annotation& one)
{
  const std::string place = one.file.empty() ? "" : fmt::format(" ({}:{})", one.file, one.line);
  const std::string fence = fence_around(one.message);
  return fmt::format("\n<details><summary><code>{}</code>{}</summary>\n\n{}term\n{}\n{}\n\n"
                     "</details>\n",
                     html_text(one.title), html_text(place), fence, one.message, fence);
}

} // namespace

std::vector<Annotation> annotations_of(std::span<const KeptAttempt> attempts,
                                       const FindFile& find_file)
{
  std::vector<Annotation> annotations;
  for (const KeptAttempt& attempt : attempts) {
    if (!attempt.result.again && is_failure(attempt.result.verdict)) {
      annotations.push_back(annotation_of(attempt, find_file));
    }
  }
  return annotations;
}

std::string github_annotations(std::span<const Annotation> annotations)
{
  std::string lines;
  const bool too_many = annotations.size() > most_shown_by_github;
  const std::size_t shown = too_many ? most_shown_by_github - 1 : annotations.size();
  for (const Annotation& one : annotations.first(shown)) {
    const std::string place =
        one.file.empty() ? ""
                         : fmt::format("file={},line={},", github_text(one.file, true), one.line);
    lines += fmt::format("::error {}title={}::{}\n", place, github_text(one.title, true),
                         github_text(one.message, false));
  }
  if (too_many) {
    std::string titles;
    for (const Annotation& one : annotations.subspan(shown)) {
      titles += '\n' + one.title;
    }
    lines += fmt::format("::error title={}::{}\n",
                         count_text(annotations.size() - shown, "more failed test"),
                         github_text(std::string_view(titles).substr(1), false));
  }
  return lines;
}

std::string azure_annotations(std::span<const Annotation> annotations)
{
  std::string lines;
  for (const Annotation& one : annotations) {
    const std::string place = one.file.empty() ? ""
                                               : fmt::format("sourcepath={};linenumber={};",
                                                             azure_property(one.file), one.line);
    lines += fmt::format("##vso[task.logissue type=error;{}]{}\n", place,
                         azure_text(one.title + ": " + one.message));
  }
  return lines;
}

std::string gitlab_code_quality(std::span<const Annotation> annotations)
{
  json::array report;
  for (const Annotation& one : annotations) {
    if (!one.file.empty()) {
      const std::string identity = one.title + '\n' + one.file;
      report.push_back({{"description", one.title + ": " + one.message},
                        {"check_name", "test"},
                        {"fingerprint", fmt::format("{:016x}", TextHash{}(identity))},
                        {"severity", "critical"},
                        {"location", {{"path", one.file}, {"lines", {{"begin", one.line}}}}}});
    }
  }
  return json::serialize(report) + '\n';
}

std::string buildkite_annotation(std::span<const Annotation> annotations)
{
  if (annotations.empty()) {
    return {};
  }
  std::string text = fmt::format("**{} failed**\n", count_text(annotations.size(), "test"));
  for (std::size_t i = 0; i < annotations.size(); ++i) {
    const std::string one = buildkite_section(annotations[i]);
    if (text.size() + one.size() > most_bytes_of_buildkite) {
      text += fmt::format("\nand {}\n", count_text(annotations.size() - i, "more failed test"));
      break;
    }
    text += one;
  }
  return text;
}

} // namespace winnow::report
